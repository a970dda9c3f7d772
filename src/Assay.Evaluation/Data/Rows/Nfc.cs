using System.Globalization;
using System.Text;

namespace Assay.Evaluation.Data.Rows;

/// <summary>
/// Unicode's composed form (NFC, UAX #15), so that é written as one character and as two hash alike. Our own, because a program that ships without
/// a machine's culture tables leaves texts as they are and says that they are normal.
/// </summary>
internal sealed class Nfc
{
    // Hangul syllables are composed by arithmetic (Unicode, chapter 3.12).
    const int First = 0xAC00, Leads = 0x1100, Vowels = 0x1161, Trails = 0x11A7, LeadCount = 19, VowelCount = 21, TrailCount = 28;
    const char Normal = '\u0300';
    static readonly Lazy<Nfc> Tables = new(() => new());
    readonly Dictionary<int, int[]> decompositions = [];
    readonly Dictionary<(int, int), int> compositions = [];
    readonly Dictionary<int, byte> classes = [];

    Nfc()
    {
        using var reader = new StreamReader(typeof(Nfc).Assembly.GetManifestResourceStream("nfc.txt")!);
        while (reader.ReadLine() is { } line)
            if (!line.StartsWith('#'))
                Take(line.Split(' '));
    }

    /// <summary>The composed form of a text; the very same text when it has only characters below U+0300, which are composed already.</summary>
    public static string Of(string text) => text.AsSpan().ContainsAnyInRange(Normal, char.MaxValue) ? Tables.Value.Compose(text) : text;

    void Take(string[] parts)
    {
        var code = Number(parts[0]);
        if (parts[1] is not ("=" or "!"))
        {
            for (var last = Number(parts[1]); code <= last; code++)
                classes[code] = byte.Parse(parts[2], CultureInfo.InvariantCulture);
            return;
        }
        int[] into = [.. parts[2..].Select(Number)];
        decompositions[code] = into;
        if (parts[1] == "=")
            compositions[(into[0], into[1])] = code;
    }

    static int Number(string hex) => int.Parse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    string Compose(string text)
    {
        var runes = new List<int>(text.Length);
        foreach (var rune in text.EnumerateRunes())
            Decompose(rune.Value, runes);
        Order(runes);
        Join(runes);
        var result = new StringBuilder(text.Length);
        foreach (var rune in runes)
            result.Append(new Rune(rune).ToString());
        return result.ToString();
    }

    void Decompose(int rune, List<int> into)
    {
        if (rune - First is >= 0 and < LeadCount * VowelCount * TrailCount and var syllable)
        {
            into.Add(Leads + (syllable / (VowelCount * TrailCount)));
            into.Add(Vowels + (syllable % (VowelCount * TrailCount) / TrailCount));
            if (syllable % TrailCount is > 0 and var trail)
                into.Add(Trails + trail);
        }
        else if (decompositions.TryGetValue(rune, out var parts))
            foreach (var part in parts)
                Decompose(part, into);
        else
            into.Add(rune);
    }

    /// <summary>Marks that follow one letter stand in the order of their classes; equal classes stay as they are.</summary>
    void Order(List<int> runes)
    {
        for (var i = 1; i < runes.Count; i++)
            for (var (j, its) = (i, Class(runes[i])); its > 0 && j > 0 && Class(runes[j - 1]) > its; j--)
                (runes[j - 1], runes[j]) = (runes[j], runes[j - 1]);
    }

    void Join(List<int> runes)
    {
        int starter = -1, last = -1, kept = 0;
        foreach (var rune in runes.ToArray())
        {
            var its = Class(rune);
            // A mark reaches its letter when no mark of the same or a higher class stands between them.
            if (starter >= 0 && (last < its || last == -1) && Pair(runes[starter], rune) is { } joined)
            {
                runes[starter] = joined;
                continue;
            }
            (starter, last) = its == 0 ? (kept, -1) : (starter, its);
            runes[kept++] = rune;
        }
        runes.RemoveRange(kept, runes.Count - kept);
    }

    int? Pair(int first, int second)
    {
        if (first - Leads is >= 0 and < LeadCount and var lead && second - Vowels is >= 0 and < VowelCount and var vowel)
            return First + (((lead * VowelCount) + vowel) * TrailCount);
        if (first - First is >= 0 and < LeadCount * VowelCount * TrailCount and var syllable && syllable % TrailCount == 0 && second - Trails is > 0 and < TrailCount and var trail)
            return first + trail;
        return compositions.TryGetValue((first, second), out var joined) ? joined : null;
    }

    int Class(int rune) => classes.GetValueOrDefault(rune);
}
