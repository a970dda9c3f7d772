using System.Text.Json.Nodes;

namespace Assay.Cli.Surface;

/// <summary>What names a version and a slot in a request.</summary>
internal static class RequestBody
{
    public static async Task<JsonObject> Of(Call call, string version, string environment, string slot, CancellationToken ct)
    {
        var (model, key) = await call.Resolve(version, ct);
        return new() { ["model"] = model, ["version"] = key, ["environment"] = environment, ["slot"] = slot };
    }
}
