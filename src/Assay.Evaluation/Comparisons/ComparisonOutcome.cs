using System.Text.Json.Nodes;
using Assay.Evaluation.Data;
using Assay.Evaluation.Measures;

namespace Assay.Evaluation.Comparisons;

/// <summary>Leakage or skew as an outcome: evidence with all numbers, and a table with the greatest of each name.</summary>
internal static class ComparisonOutcome
{
    public static EvaluationOutcome Of(string suite, JsonObject predicate, IReadOnlyList<MetricResult> results)
    {
        var kind = (string)predicate["kind"]!;
        predicate["metrics"] = Predicate.Metrics(results);
        return new([new(kind, suite, predicate)], [.. results.GroupBy(r => r.Facts.Name).Select(group => Row(suite, kind, [.. group]))], [], Failed: false,
            Errored: results.Any(r => r.Value.Error is not null && r.Status != Facts.Unmeasured));
    }

    /// <summary>A set as evidence names it.</summary>
    public static JsonObject Set(string uri, DataSet data, string role) => new()
    {
        ["uri"] = uri,
        ["digest"] = Predicate.Sha(data.Digest),
        ["role"] = role,
        ["rows"] = data.Rows,
    };

    /// <summary>Of many features the worst is what people want to see first; the evidence has all.</summary>
    static OutcomeRow Row(string suite, string kind, IReadOnlyList<MetricResult> group)
    {
        var worst = group.FirstOrDefault(r => r.Value.Error is not null && r.Status != Facts.Unmeasured)
            ?? group.MaxBy(r => r.Value.Value is not { } value ? double.NegativeInfinity : r.Facts.HigherIsBetter ? -value : Math.Abs(value))!;
        var row = SuiteOutcome.Row(suite, SuiteOutcome.Title(worst.Facts), worst) with { Part = kind };
        if (worst.Status == Facts.Unmeasured)
            row = row with { State = OutcomeState.Skipped };
        return group.Count == 1 ? row : row with { Text = $"{row.Text}; the worst of {group.Count} features" };
    }
}
