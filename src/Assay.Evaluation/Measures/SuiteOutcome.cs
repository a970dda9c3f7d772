using Assay.Contracts;
using Assay.Evaluation.Suites;

namespace Assay.Evaluation.Measures;

/// <summary>What was measured on rows as an outcome: evidence, table, messages.</summary>
internal static class SuiteOutcome
{
    public static EvaluationOutcome Of(EvaluationSuite suite, Predicates predicates, Result<Measurement> measured, Refusal? noBaseline)
    {
        var name = suite.Head.Name;
        var messages = new List<string>();
        if (noBaseline is not null)
            messages.Add($"{name}: there is no comparison, for the other version could not be measured. {noBaseline.Message} {noBaseline.Mend}");
        if (!measured.Ok)
        {
            messages.Add($"{name}: nothing could be measured. {measured.Refusal!.Message} {measured.Refusal.Mend}");
            return new([predicates.Failed(measured.Refusal)], [.. suite.Metrics.Select(m => new OutcomeRow(name, m.Name, OutcomeState.Error, Text: measured.Refusal.Message))], messages, Failed: false, Errored: true);
        }
        var all = measured.Value;
        messages.AddRange(all.Overall.Where(r => r is { Facts.Name: "auc", Value: { Value: 0 or 1 } })
            .Select(_ => $"{name}: the classes are separated perfectly, so the interval of auc is a guess; check the data for a leaked label."));
        var rows = all.Overall.Select(r => Row(name, Title(r.Facts), r))
            .Concat(all.Slices.SelectMany(s => s.Metrics.Select(m => Row(name, $"{Title(m.Facts)} [{s.Key.Title}]", m) with { Part = "slices" })))
            .Concat((all.Tail ?? []).Select(r => Row(name, Title(r.Facts), r) with { Part = "tail" }));
        return new([.. predicates.Of(all)], [.. rows], messages, Failed: false, Errored: noBaseline is not null || all.Overall.Any(r => r.Value.Error is not null));
    }

    /// <summary>The metric as people call it.</summary>
    public static string Title(MetricFacts facts)
    {
        string?[] parts = [facts.Feature, facts.Class is null ? null : $"class {facts.Class}", facts.Average, facts.Level is null ? null : FormattableString.Invariant($"{facts.Level:R}")];
        var said = string.Join(", ", parts.OfType<string>());
        return said.Length == 0 ? facts.Name : $"{facts.Name} ({said})";
    }

    /// <summary>One number as a row of the table.</summary>
    public static OutcomeRow Row(string suite, string title, MetricResult result) => new(suite, title, result.Value.Error is null ? OutcomeState.Measured : OutcomeState.Error, result.Value.Value,
        Bound(result.Value.Interval?.Low), Bound(result.Value.Interval?.High), result.Value.N,
        result.Value.Error ?? (result.Status is null ? result.Value.Method : "too small to judge"), result.Difference?.Baseline, result.Difference?.Delta);

    static double? Bound(double? bound) => bound is { } finite && double.IsFinite(finite) ? finite : null;
}
