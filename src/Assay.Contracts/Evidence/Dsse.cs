using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Assay.Contracts.Evidence;

/// <summary>A Dead Simple Signing Envelope (github.com/secure-systems-lab/dsse, protocol v1): the signature is checked before the payload is parsed.</summary>
public sealed record DsseEnvelope(
    [property: JsonPropertyName("payloadType")] string PayloadType,
    [property: JsonPropertyName("payload")] string Payload,
    [property: JsonPropertyName("signatures")] IReadOnlyList<DsseSignature> Signatures)
{
    /// <summary>The payload type of in-toto statements.</summary>
    public const string InToto = "application/vnd.in-toto+json";

    /// <summary>The media type of an envelope in HTTP.</summary>
    public const string MediaType = "application/vnd.dsse.envelope.v1+json";

    /// <summary>The decoded payload; throws <see cref="FormatException"/> when it is not base64.</summary>
    public byte[] PayloadBytes() => Convert.FromBase64String(Payload);

    /// <summary>Wraps and signs a payload.</summary>
    public static DsseEnvelope Sign(byte[] payload, SigningKey key, string payloadType = InToto) =>
        new(payloadType, Convert.ToBase64String(payload), [new(key.Verifier.Id, Convert.ToBase64String(key.Sign(PreAuthEncoding(payloadType, payload))))]);

    /// <summary>The key among the given ones that signed this envelope, or null.</summary>
    public VerificationKey? SignedBy(IEnumerable<VerificationKey> keys)
    {
        byte[] message;
        try
        {
            message = PreAuthEncoding(PayloadType, PayloadBytes());
        }
        catch (FormatException)
        {
            return null;
        }
        return keys.FirstOrDefault(key => Signatures.Any(s => Decoded(s.Sig) is { } sig && key.Verifies(message, sig)));
    }

    /// <summary>PAE of the DSSE protocol: what is signed.</summary>
    public static byte[] PreAuthEncoding(string type, ReadOnlySpan<byte> body)
    {
        var head = string.Create(CultureInfo.InvariantCulture, $"DSSEv1 {Encoding.UTF8.GetByteCount(type)} {type} {body.Length} ");
        return [.. Encoding.UTF8.GetBytes(head), .. body];
    }

    /// <summary>The envelope as JSON text.</summary>
    public JsonObject ToJson() => new()
    {
        ["payloadType"] = PayloadType,
        ["payload"] = Payload,
        ["signatures"] = new JsonArray([.. Signatures.Select(s => new JsonObject { ["keyid"] = s.KeyId, ["sig"] = s.Sig })]),
    };

    /// <summary>Reads an envelope; null when a field is missing or of another type.</summary>
    public static DsseEnvelope? Read(JsonNode? node)
    {
        try
        {
            if (node is not JsonObject map || map["signatures"] is not JsonArray signatures)
                return null;
            return new((string)map["payloadType"]!, (string)map["payload"]!,
                [.. signatures.Select(s => new DsseSignature((string?)s!["keyid"] ?? "", (string)s["sig"]!))]);
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentNullException or NullReferenceException or JsonException)
        {
            return null;
        }
    }

    static byte[]? Decoded(string base64)
    {
        var bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, bytes, out var n) ? bytes[..n] : null;
    }
}

/// <summary>One signature of an envelope.</summary>
public sealed record DsseSignature([property: JsonPropertyName("keyid")] string KeyId, [property: JsonPropertyName("sig")] string Sig);
