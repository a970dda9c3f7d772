using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assay.Client.Api;
using Assay.Contracts;
using Assay.Contracts.Evidence;

namespace Assay.Cli.Measuring;

/// <summary>Checks one piece of evidence by nothing but its own bytes and keys that are believed: digest, signature, subject, schema.</summary>
internal static class EvidenceCheck
{
    /// <summary>All that is wrong; nothing when it is sound.</summary>
    /// <param name="answer">The evidence as <c>assay evidence show --json</c> prints it.</param>
    /// <param name="keys">The registry's keys that are believed.</param>
    public static IReadOnlyList<string> Problems(JsonNode answer, IReadOnlyList<VerificationKey> keys)
    {
        if (DsseEnvelope.Read(answer["envelope"]) is not { } envelope)
            return ["there is no envelope"];
        if (Payload(envelope) is not { } payload)
            return ["the envelope's payload is no base64"];
        List<string> problems = [];
        var digest = Digest.Of(payload);
        if (digest.ToString() != answer.Text("digest"))
            problems.Add($"the payload's sha256 is {digest}, not {answer.Text("digest")}");
        // A producer's own key is not the registry's: then the registry's receipt for this very evidence must vouch for it.
        if (envelope.SignedBy(keys) is null && !Vouches(DsseEnvelope.Read(answer["counter_signed"]), digest, keys))
            problems.Add("neither the statement nor a receipt for it is signed by a key that is believed");
        if (Parsed(payload) is not { } statement)
            return [.. problems, "the payload is no in-toto statement"];
        if (!Statement.Subjects(statement).Any(s => s.ToString() == answer.Text("subject")))
            problems.Add("the statement is about another version");
        if ((string?)statement["predicateType"] is var type && type != Statement.Evaluation)
            problems.Add($"the predicate is a {type ?? "nothing"}, not a {Statement.Evaluation}");
        else
            problems.AddRange(PredicateSchema.Read().Problems(statement["predicate"]).Select(p => $"the predicate does not keep to its schema: {p}"));
        return problems;
    }

    static bool Vouches(DsseEnvelope? receipt, Digest evidence, IReadOnlyList<VerificationKey> keys) =>
        receipt?.SignedBy(keys) is not null && Payload(receipt) is { } payload && Encoding.UTF8.GetString(payload).Contains(evidence.Hex, StringComparison.Ordinal);

    static byte[]? Payload(DsseEnvelope envelope)
    {
        try
        {
            return envelope.PayloadBytes();
        }
        catch (FormatException)
        {
            return null;
        }
    }

    static JsonObject? Parsed(byte[] payload)
    {
        try
        {
            return JsonNode.Parse(payload) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
