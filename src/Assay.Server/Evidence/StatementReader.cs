using System.Text.Json;
using System.Text.Json.Nodes;
using Assay.Contracts;
using Assay.Contracts.Documents;
using Assay.Contracts.Evidence;

namespace Assay.Server.Evidence;

/// <summary>A statement whose form is right.</summary>
sealed record SentStatement(JsonObject Json, Evaluation Evaluation);

/// <summary>From bytes to an in-toto statement about one version, or all that is wrong with it (evidence.md). Pure.</summary>
static class StatementReader
{
    static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 64 };

    /// <summary>Reads what somebody sent about <paramref name="version"/>.</summary>
    public static Result<SentStatement> Read(byte[] payload, Digest version)
    {
        JsonObject statement;
        try
        {
            if (JsonNode.Parse(payload, documentOptions: Strict) is not JsonObject map)
                return EvidenceRefusals.NoStatement("it is no JSON object");
            statement = map;
        }
        catch (JsonException e)
        {
            return EvidenceRefusals.NoStatement(e.Message);
        }
        List<Gap> problems = [];
        JsonNumbers.Check(statement, "$", problems);
        if (problems.Count > 0)
            return EvidenceRefusals.Malformed(problems);
        var root = new JsonMap(statement, "$", problems);
        CheckFrame(root, version, out var about);
        var evaluation = ReadPredicate(root);
        if (about is { } other && other != version)
            return EvidenceRefusals.OtherDigest(other, version);
        return problems.Count > 0 ? EvidenceRefusals.Malformed(problems) : new SentStatement(statement, evaluation!);
    }

    /// <summary>Reads a stored statement again; null when its bytes are no statement.</summary>
    public static SentStatement? Reread(DsseEnvelope envelope)
    {
        try
        {
            if (JsonNode.Parse(envelope.PayloadBytes(), documentOptions: Strict) is not JsonObject map || map["predicate"] is not JsonObject predicate)
                return null;
            List<Gap> problems = [];
            var evaluation = Evaluation.Read(new(predicate, "$.predicate", problems));
            return problems.Count == 0 ? new(map, evaluation) : null;
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException)
        {
            return null;
        }
    }

    static void CheckFrame(JsonMap root, Digest version, out Digest? about)
    {
        about = null;
        if (root.Text("_type") != Statement.Type)
            root.Wrong("_type", Statement.Type, root.Text("_type") ?? "nothing", "Send an in-toto Statement v1.");
        if (root.Text("predicateType") is var type && type != Statement.Evaluation)
            root.Wrong("predicateType", Statement.Evaluation, type ?? "nothing", "Send an evaluation predicate.");
        var subjects = root.Maps("subject", Evaluation.MostParts);
        if (subjects.Count != 1)
        {
            root.Wrong("subject", "exactly one subject", $"{subjects.Count}", $"Give one subject with the digest {{\"sha256\": \"{version.Hex}\"}}.");
            return;
        }
        about = subjects[0].Sha256("digest");
        if (subjects[0].Map("digest") is not { } set)
            subjects[0].Wrong("digest", "{\"sha256\": …}", "nothing", "Name the version's digest.");
        else if (set.Node.Select(p => p.Key).FirstOrDefault(a => a is not ("sha256" or "sha512")) is { } weak)
            set.Wrong(weak, "sha256, and sha512 if you like", weak, "Leave other algorithms out: a weak one could name other content.");
    }

    static Evaluation? ReadPredicate(JsonMap root)
    {
        if (root.Map("predicate") is not { } predicate)
        {
            root.Wrong("predicate", "an evaluation", "nothing", "Give 'predicate'.");
            return null;
        }
        var evaluation = Evaluation.Read(predicate);
        if (EvidenceKinds.Find(evaluation.Kind) is { } kind)
            kind.Check(evaluation, predicate);
        else if (evaluation.Kind.Length > 0)
            predicate.Wrong("kind", string.Join(", ", EvidenceKinds.All.Select(k => k.Name)), evaluation.Kind, Nearest.To(evaluation.Kind, EvidenceKinds.All.Select(k => k.Name)) is { } near ? $"Is '{near}' meant?" : "Use one of these kinds.");
        foreach (var judging in (string[])["verdict", "passed", "result"])
            if (predicate.Has(judging))
                predicate.Wrong(judging, "no such field", "a judgement", "Evidence measures; the gate judges. Leave it out.");
        return evaluation;
    }
}
