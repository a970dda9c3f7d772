using Assay.Contracts;
using Assay.Evaluation.Models;
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

    public static async Task<IReadOnlyList<Probe>> Of(InvariantSuite suite, IRunner runner, IProgress<EvaluationProgress>? progress, CancellationToken ct)
    {
        var probes = new List<Probe>();
        var cases = suite.Cases.Where(c => c.Skip is null).ToList();
        foreach (var (at, one) in cases.Index())
        {
            progress?.Report(new($"case {one.Name}", at, cases.Count));
            var rounds = new List<Round>();
            // What must not be asked is not asked: a known word that is not measured does not need answers.
            var times = Math.Max(one.Repeat, one.Expectations.Select(e => e.Repeats).DefaultIfEmpty(1).Max());
            while (rounds.Count < times && !(rounds is [.., var last] && last.Answers.Any(a => !a.Outputs.Ok)))
                rounds.Add(await Ask(one, runner, ct));
            probes.AddRange(one.Expectations.Select((e, i) => new Probe(one, i + 1, e, e.Judge(rounds))));
        }
        return probes;
    }

    static async Task<Round> Ask(InvariantCase one, IRunner runner, CancellationToken ct)
    {
        var original = one.Base is null ? null : await Ask(one, one.Base, runner, ct);
        var answers = new List<Answer>();
        foreach (var question in one.Questions)
        {
            answers.Add(await Ask(one, question, runner, ct));
            if (runner.Dead)
                break; // a model that hangs or dies does so once in a case, not once for each variation
        }
        return new(answers, original, one.Varied);
    }

    static async Task<Answer> Ask(InvariantCase one, Question question, IRunner runner, CancellationToken ct)
    {
        var outputs = question.Input.Ok ? await runner.Score(question.Input.Value, one.Timeout, ct) : (Result<IReadOnlyList<Tensor>>)question.Input.Refusal!;
        return new(question, outputs, runner.Face, one);
    }
}
