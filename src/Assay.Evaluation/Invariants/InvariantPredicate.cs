using System.Text.Json.Nodes;
using Assay.Contracts;
using Assay.Evaluation.Measures;
using Assay.Evaluation.Suites;

namespace Assay.Evaluation.Invariants;

/// <summary>The predicate of kind <c>invariants</c> (evidence.md): one probe for each expectation of each case.</summary>
internal static class InvariantPredicate
{
    public static JsonObject Of(InvariantSuite suite, IReadOnlyList<Probe> probes)
    {
        var predicate = new JsonObject
        {
            ["kind"] = "invariants",
            ["suite"] = new JsonObject { ["name"] = suite.Head.Name, ["digest"] = Predicate.Sha(suite.Head.Digest), ["severity"] = suite.Warns ? "warn" : "block" },
            ["probes"] = new JsonArray([.. probes.Select(Of)]),
        };
        if (!suite.Reviewed)
            predicate["reviewed"] = false;
        if (suite.Cases.Where(c => c.Skip is not null).ToList() is { Count: > 0 } skipped)
            predicate["skipped"] = new JsonArray([.. skipped.Select(c => new JsonObject { ["id"] = c.Name, ["reason"] = c.Skip })]);
        return predicate;
    }

    static JsonObject Of(Probe probe)
    {
        var json = new JsonObject
        {
            ["id"] = probe.Id,
            ["input"] = new JsonObject { ["digest"] = Predicate.Sha(InputDigest(probe.Case)) },
            // evidence.md writes limits bare, as {"min", "max"}, so that a registry can check them against the number itself.
            ["expected"] = probe.Expectation.Kind == "between" ? probe.Expectation.Expected.DeepClone() : new JsonObject { [probe.Expectation.Kind] = probe.Expectation.Expected.DeepClone() },
            ["actual"] = probe.Finding.Actual?.DeepClone(),
            ["ok"] = probe.Finding.Ok,
        };
        if (probe.Finding.Reason is { } reason)
            json["reason"] = reason;
        if (probe.Finding.Error is { } error)
            json["error"] = error;
        return json;
    }

    /// <summary>Over the canonical JSON of the one input, or of the list of all that the case asks.</summary>
    static Digest InputDigest(InvariantCase one) => CanonicalJson.DigestOf(one.Questions is [var only] ? only.Source : new JsonArray([.. one.Questions.Select(q => q.Source.DeepClone())]));
}
