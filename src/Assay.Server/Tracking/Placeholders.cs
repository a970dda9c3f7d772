namespace Assay.Server.Tracking;

/// <summary>
/// Parameters for IN lists. Lists of rows to load are padded to a fixed length, so that each statement has one text and stays prepared.
/// </summary>
static class Placeholders
{
    /// <summary>Rows that are loaded at once.</summary>
    public const int Chunk = 100;

    /// <summary><c>@i0, @i1, …</c> for a chunk.</summary>
    public static readonly string OfChunk = string.Join(", ", Enumerable.Range(0, Chunk).Select(i => $"@i{i}"));

    /// <summary>The arguments of a chunk, the last one repeated.</summary>
    public static (string, object?)[] Padded(IReadOnlyList<object> ids) => [.. Enumerable.Range(0, Chunk).Select(i => ($"i{i}", (object?)ids[Math.Min(i, ids.Count - 1)]))];

    /// <summary>A list of just this length and its arguments.</summary>
    public static (string Sql, (string, object?)[] Args) Of(IReadOnlyList<long> ids) =>
        (ids.Count == 0 ? "NULL" : string.Join(", ", ids.Select((_, i) => $"@e{i}")), [.. ids.Select((id, i) => ($"e{i}", (object?)id))]);
}
