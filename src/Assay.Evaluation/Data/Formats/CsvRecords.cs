using System.Buffers;

namespace Assay.Evaluation.Data.Formats;

/// <summary>
/// The records of a CSV file (RFC 4180), one after the other: commas, quotes doubled inside quotes, lines that end in LF or CRLF. Quotes within a field
/// that does not begin with one are part of it. Blank lines are skipped where there is more than one column.
/// </summary>
internal sealed class CsvRecords(ByteWindow window)
{
    const byte Comma = (byte)',', Quote = (byte)'"', LineFeed = (byte)'\n', Return = (byte)'\r';
    static readonly SearchValues<byte> Ends = SearchValues.Create(",\n"u8);
    (int Start, int Length, bool Doubled)[] fields = new (int, int, bool)[64];
    int length;

    /// <summary>How many fields the record has.</summary>
    public int Count { get; private set; }

    /// <summary>The line that the record begins in, from 1.</summary>
    public long Line { get; private set; }

    long lines = 1;

    /// <summary>Goes to the next record; false at the end. Throws <see cref="DataException"/> with what is wrong with it.</summary>
    public bool Next(bool skipBlank)
    {
        while (true)
        {
            window.Take(length);
            length = 0;
            Line = lines;
            while (!Parse())
                window.More();
            if (length == 0)
                return false;
            if (!skipBlank || Count > 1 || fields[0].Length > 0)
                return true;
        }
    }

    /// <summary>A field's bytes, to be used before the next record; <paramref name="doubled"/>: does it hold quotes written twice?</summary>
    public ReadOnlySpan<byte> Field(int index, out bool doubled)
    {
        var field = fields[index];
        doubled = field.Doubled;
        return window.Rest.Slice(field.Start, field.Length);
    }

    /// <summary>Finds the fields of the record that the window begins with; false when the window ends before it does.</summary>
    bool Parse()
    {
        var rest = window.Rest;
        (Count, lines) = (0, Line);
        if (rest.Length == 0)
            return window.AtEnd;
        for (var at = 0; ;)
        {
            var quoted = at < rest.Length && rest[at] == Quote;
            int start = at, end;
            var doubled = false;
            if (quoted)
            {
                if (Closing(rest, at + 1, ref doubled) is not { } closing)
                    return false;
                (start, end, at) = (at + 1, closing, closing + 1);
                if (at + 1 < rest.Length && rest[at] == Return && rest[at + 1] == LineFeed)
                    at++;
            }
            else
            {
                var length = rest[at..].IndexOfAny(Ends);
                end = at = length < 0 ? rest.Length : at + length;
            }
            if (at == rest.Length && !window.AtEnd)
                return false;
            if (at < rest.Length && rest[at] is not (Comma or LineFeed))
                throw new DataException($"line {Line} has a text behind a closing quote; a quote within quotes is written twice.");
            var last = at == rest.Length || rest[at] == LineFeed;
            if (last && !quoted && end > start && rest[end - 1] == Return)
                end--;
            Put(start, end - start, doubled);
            at++;
            if (!last)
                continue;
            lines++;
            length = Math.Min(at, rest.Length);
            return true;
        }
    }

    /// <summary>Where the closing quote stands; null when the window ends before it is sure.</summary>
    int? Closing(ReadOnlySpan<byte> rest, int from, ref bool doubled)
    {
        for (var at = from; ; at += 2)
        {
            var next = rest[at..].IndexOf(Quote);
            if (next < 0 || (at + next + 1 == rest.Length && !window.AtEnd))
                return next < 0 && window.AtEnd ? throw new DataException($"line {Line} opens a quote that is never closed.") : null;
            lines += rest.Slice(at, next).Count(LineFeed);
            at += next;
            if (at + 1 == rest.Length || rest[at + 1] != Quote)
                return at;
            doubled = true;
        }
    }

    void Put(int start, int length, bool doubled)
    {
        if (Count == fields.Length)
            Array.Resize(ref fields, fields.Length * 2);
        fields[Count++] = (start, length, doubled);
        if (Count > DataLimits.MostColumns)
            throw new DataException($"line {Line} has more than {DataLimits.MostColumns} columns.");
    }
}
