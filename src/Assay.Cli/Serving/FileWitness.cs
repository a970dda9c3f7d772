using System.Text.Json.Nodes;

namespace Assay.Cli.Serving;

/// <summary>
/// Says which digest is served and whether the files are still its own. It hashes them again for each question: size and time of a file prove nothing.
/// An answer is kept for one second, so that many askers cost one hashing.
/// </summary>
internal sealed class FileWitness(PulledFolder folder, TimeProvider clock)
{
    static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);
    readonly SemaphoreSlim one = new(1);
    IReadOnlyList<string>? altered;
    long at;

    /// <summary><c>{"model", "digest", "files": "verified" | "mismatch", "mismatches": […]}</c>.</summary>
    public async Task<JsonObject> Answer(CancellationToken ct)
    {
        var seen = await Look(ct);
        var answer = new JsonObject { ["model"] = folder.Model, ["digest"] = folder.Digest.ToString(), ["files"] = seen.Count == 0 ? "verified" : "mismatch" };
        if (seen.Count > 0)
            answer["mismatches"] = new JsonArray([.. seen.Select(file => JsonValue.Create(file))]);
        return answer;
    }

    async Task<IReadOnlyList<string>> Look(CancellationToken ct)
    {
        await one.WaitAsync(ct);
        try
        {
            if (altered is null || clock.GetElapsedTime(at) > Fresh)
            {
                var began = clock.GetTimestamp();
                altered = await folder.Altered(ct);
                at = began; // the answer is as old as the first byte that it rests on
            }
            return altered;
        }
        finally
        {
            one.Release();
        }
    }
}
