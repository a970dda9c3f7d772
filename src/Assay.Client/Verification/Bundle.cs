using System.Text.Json;
using System.Text.Json.Nodes;
using Assay.Client.Api;
using Assay.Contracts;
using Assay.Contracts.Evidence;

namespace Assay.Client.Verification;

/// <summary>All that proves a version, as the registry hands it out and <c>pull</c> keeps it in <c>assay/bundle.json</c>.</summary>
public sealed class Bundle
{
    Bundle(JsonObject json) => Json = json;

    /// <summary>As it came.</summary>
    public JsonObject Json { get; }

    /// <summary>The model's name.</summary>
    public string Model => Json.Text("model") ?? "";

    /// <summary>The version's digest, as the registry says it; the manifest proves it.</summary>
    public Digest? Digest => Contracts.Digest.TryParse(Json.Text("digest"), out var digest) ? digest : null;

    /// <summary>The bytes of the OCI manifest.</summary>
    public byte[] Manifest => Bytes(Json.Text("manifest"));

    /// <summary>The bytes of the config blob.</summary>
    public byte[] Config => Bytes(Json.Text("config"));

    /// <summary>The sealed facts of the run.</summary>
    public JsonObject? Run => Json.Map("run");

    /// <summary>The evidence, as signed envelopes.</summary>
    public IReadOnlyList<DsseEnvelope> Evidence => [.. Json.Maps("evidence").Select(DsseEnvelope.Read).OfType<DsseEnvelope>()];

    /// <summary>The verdict, as a signed SLSA summary.</summary>
    public DsseEnvelope? Verdict => DsseEnvelope.Read(Json["verdict"]);

    /// <summary>The promotion, as a signed statement.</summary>
    public DsseEnvelope? Promotion => DsseEnvelope.Read(Json["promotion"]);

    /// <summary>The proof that the promotion (or the sealing) stands in the ledger.</summary>
    public LedgerProof? Proof => LedgerProof.Read(Json.Map("ledger"));

    /// <summary>The trust that the registry offers: its ledger and its keys.</summary>
    public Trust? Offered
    {
        get
        {
            var keys = Json.Maps("keys").Select(k => VerificationKey.FromBase64(k.Text("public_key") ?? "")).OfType<VerificationKey>().ToList();
            return Proof?.Origin is { Length: > 0 } origin && keys.Count > 0 ? new(origin, keys) : null;
        }
    }

    /// <summary>Reads a bundle; throws <see cref="FormatException"/> when it is no JSON object.</summary>
    public static Bundle Read(JsonNode? json) => json is JsonObject map ? new(map) : throw new FormatException("the bundle is no JSON object");

    /// <summary>Reads a bundle's text.</summary>
    public static Bundle Read(ReadOnlySpan<byte> text)
    {
        try
        {
            return Read(JsonNode.Parse(text));
        }
        catch (JsonException e)
        {
            throw new FormatException($"the bundle is no JSON: {e.Message}", e);
        }
    }

    static byte[] Bytes(string? base64)
    {
        try
        {
            return Convert.FromBase64String(base64 ?? "");
        }
        catch (FormatException)
        {
            return [];
        }
    }
}

/// <summary>An entry of the ledger and the audit path that leads from it to a signed head.</summary>
public sealed record LedgerProof(string Origin, byte[] Entry, long Seq, long Size, IReadOnlyList<byte[]> Hashes, string Checkpoint)
{
    internal static LedgerProof? Read(JsonObject? json)
    {
        try
        {
            return json is null ? null : new(json.Text("origin") ?? "", Convert.FromBase64String(json.Text("entry") ?? ""), json.Whole("seq") ?? -1, json.Whole("size") ?? -1,
                [.. json.Texts("hashes").Select(Convert.FromBase64String)], json.Text("checkpoint") ?? "");
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
