namespace Assay.Evaluation.Data.Formats;

/// <summary>The part of a file that is looked at: as much as one line needs, and never more than the longest allowed one.</summary>
internal sealed class ByteWindow : IDisposable
{
    const int Piece = 1 << 20;
    readonly Stream stream;
    byte[] buffer = new byte[Piece];
    int start, end, mark;

    ByteWindow(Stream stream, int mark) => (this.stream, this.mark) = (stream, mark);

    /// <summary>What has been read and not been taken.</summary>
    public ReadOnlySpan<byte> Rest => buffer.AsSpan(start, Math.Max(0, end - start - mark));

    /// <summary>Has all of the file been read?</summary>
    public bool AtEnd { get; private set; }

    /// <summary>Opens a file, unpacked if its name ends in .gz.</summary>
    public static ByteWindow Open(string path)
    {
        var file = new FileStream(path, new FileStreamOptions { Options = FileOptions.SequentialScan, BufferSize = 0 });
        var packed = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);
        var window = new ByteWindow(packed ? MarkedGzip.Open(file) : file, packed ? MarkedGzip.Mark.Length : 0);
        try
        {
            window.More();
        }
        catch
        {
            window.Dispose();
            throw;
        }
        if (window.Rest.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
            window.Take(3);
        return window;
    }

    /// <summary>Goes on behind so many bytes.</summary>
    public void Take(int bytes) => start += bytes;

    /// <summary>Reads more behind <see cref="Rest"/>, or finds the end. Throws <see cref="DataException"/> when the line becomes too long or the packed file is damaged.</summary>
    public void More()
    {
        if (Rest.Length >= DataLimits.LongestLine)
            throw new DataException($"has more than {DataLimits.LongestLine >> 20} MiB in one line.");
        if (start > 0)
            buffer.AsSpan(start, end - start).CopyTo(buffer);
        (start, end) = (0, end - start);
        if (end == buffer.Length)
            Array.Resize(ref buffer, Math.Min(buffer.Length * 2, DataLimits.LongestLine + mark));
        int read;
        try
        {
            read = stream.Read(buffer, end, buffer.Length - end);
        }
        catch (InvalidDataException e)
        {
            throw new DataException("it cannot be unpacked: its gzip is damaged or breaks off.", e);
        }
        end += read;
        if (read == 0)
            Finish();
    }

    public void Dispose() => stream.Dispose();

    void Finish()
    {
        if (mark > 0 && !buffer.AsSpan(0, end).EndsWith(MarkedGzip.Mark))
            throw new DataException("it cannot be unpacked: its gzip breaks off, or something else stands behind it.");
        (end, mark, AtEnd) = (end - mark, 0, true);
    }
}
