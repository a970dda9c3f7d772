using System.Text.Json;
using System.Text.Json.Nodes;
using Assay.Client.Api;
using Assay.Contracts.Evidence;

namespace Assay.Client.Verification;

/// <summary>Whom an offline verification believes: the name of one ledger and the public keys that sign for it.</summary>
/// <param name="Origin">The ledger's origin.</param>
/// <param name="Keys">The keys.</param>
public sealed record Trust(string Origin, IReadOnlyList<VerificationKey> Keys)
{
    /// <summary>Reads <c>{"origin": "…", "keys": [{"public_key": "base64"}]}</c>. Throws <see cref="FormatException"/> with what is wrong.</summary>
    public static Trust Read(string text, string source)
    {
        JsonNode? json;
        try
        {
            json = JsonNode.Parse(text);
        }
        catch (JsonException e)
        {
            throw new FormatException($"{source} is no JSON: {e.Message}", e);
        }
        var origin = json.Text("origin") ?? throw new FormatException($"{source} has no \"origin\": the name of the ledger to trust.");
        List<VerificationKey> keys = [];
        foreach (var key in json.Maps("keys"))
            keys.Add(VerificationKey.FromBase64(key.Text("public_key") ?? "") ?? throw new FormatException($"{source} has a \"public_key\" that is no Ed25519 key in base64."));
        return keys.Count > 0 ? new(origin, keys) : throw new FormatException($"{source} has no \"keys\": nothing could be believed.");
    }

    /// <summary>As a file has it.</summary>
    public JsonObject ToJson() => new()
    {
        ["origin"] = Origin,
        ["keys"] = new JsonArray([.. Keys.Select(k => new JsonObject { ["keyid"] = k.Id, ["algorithm"] = "ed25519", ["public_key"] = k.Base64 })]),
    };

    /// <summary>Do both believe the same keys of the same ledger?</summary>
    public bool Same(Trust other) => Origin == other.Origin && Keys.Select(k => k.Base64).ToHashSet().SetEquals(other.Keys.Select(k => k.Base64));
}
