namespace Assay.Contracts.Documents;

/// <summary>The known word that somebody probably meant.</summary>
public static class Nearest
{
    /// <summary>The word with the least edit distance (Levenshtein), if it is at most a third of the letters away; else null.</summary>
    public static string? To(string word, IEnumerable<string> known) =>
        known.Select(k => (Word: k, Away: Distance(word.ToLowerInvariant(), k.ToLowerInvariant())))
            .Where(k => k.Away <= Math.Max(1, Math.Max(word.Length, k.Word.Length) / 3))
            .OrderBy(k => k.Away).ThenBy(k => k.Word, StringComparer.Ordinal).Select(k => k.Word).FirstOrDefault();

    static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var corner = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(row[j] + 1, row[j - 1] + 1), corner + (a[i - 1] == b[j - 1] ? 0 : 1));
                corner = above;
            }
        }
        return row[b.Length];
    }
}
