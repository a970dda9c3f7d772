using Assay.Contracts;
using Assay.Evaluation.Runners;
using Assay.Evaluation.Suites;

namespace Assay.Evaluation.Invariants;

/// <summary>One expectation of one case, judged.</summary>
internal sealed record Probe(InvariantCase Case, int Number, IExpectation Expectation, Finding Finding)
{
    /// <summary>Its name in evidence and reports: the case, which of its expectations, and of what kind.</summary>
    public string Id => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Case.Name}/{Number}-{Expectation.Kind}");
}

/// <summary>Asks a model all cases of a suite and judges the answers.</summary>
internal static class InvariantRun
{
    /// <summary>A model that does not load makes each case an error.</summary>
    public static IReadOnlyList<Probe> Failed(InvariantSuite suite, Refusal why) =>
        [.. suite.Cases.Where(c => c.Skip is null).SelectMany(c => c.Expectations.Select((e, i) => new Probe(c, i + 1, e, Finding.Errored(why.Message))))];

    /// <summary>Does a case ask to be compared with another version?</summary>
    public static bool NeedsChampion(InvariantSuite suite) => suite.Cases.Any(c => c.Skip is null && c.Expectations.Any(e => e.NeedsChampion));

    /// <summary>Asks each case in turn. <paramref name="champion"/> is the other version, or why it cannot be asked; null when nobody named one.</summary>
    public static async Task<IReadOnlyList<Probe>> Of(InvariantSuite suite, IRunner runner, Result<IRunner>? champion, TimeProvider clock, IProgress<EvaluationProgress>? progress, CancellationToken ct)
    {
        var probes = new List<Probe>();
        var cases = suite.Cases.Where(c => c.Skip is null).ToList();
        foreach (var (at, one) in cases.Index())
        {
            progress?.Report(new($"case {one.Name}", at, cases.Count));
            var rounds = await new CaseAsking(one, runner, champion, clock).Rounds(ct);
            probes.AddRange(one.Expectations.Select((e, i) => new Probe(one, i + 1, e, e.Judge(rounds))));
        }
        return probes;
    }
}
