using System.Text.Json.Nodes;
using Assay.Evaluation.Runners;

namespace Assay.Evaluation;

/// <summary>What came of one row of the table.</summary>
public enum OutcomeState
{
    /// <summary>A number, which a policy will judge.</summary>
    Measured,
    /// <summary>An expectation that held.</summary>
    Passed,
    /// <summary>An expectation that did not hold.</summary>
    Failed,
    /// <summary>Neither: it could not be measured.</summary>
    Error,
    /// <summary>Skipped by the suite.</summary>
    Skipped,
}

/// <summary>One row of the table that people read.</summary>
/// <param name="Suite">The suite's name.</param>
/// <param name="Name">The metric, or the case and its expectation.</param>
/// <param name="State">What came of it.</param>
/// <param name="Value">The number, where there is one.</param>
/// <param name="Low">The interval's lower bound; null when there is none.</param>
/// <param name="High">The interval's upper bound; null when there is none.</param>
/// <param name="N">How many rows it rests on; null for expectations.</param>
/// <param name="Text">What was seen or why there is nothing, in words.</param>
/// <param name="Baseline">The same number of the model compared with.</param>
/// <param name="Delta">The difference to it.</param>
/// <param name="Part">The kind of evidence that it belongs to, where that is not the suite's first: <c>slices</c>, <c>tail</c>, <c>skew</c>, <c>leakage</c>.</param>
public sealed record OutcomeRow(string Suite, string Name, OutcomeState State, double? Value = null, double? Low = null, double? High = null, long? N = null,
    string? Text = null, double? Baseline = null, double? Delta = null, string? Part = null);

/// <summary>A predicate to be posted as evidence about the version (<c>Statement.About(model, digest, Statement.Evaluation, Json)</c>).</summary>
/// <param name="Kind">The evidence kind: <c>heldout</c> or <c>invariants</c>.</param>
/// <param name="Suite">The suite's name.</param>
/// <param name="Json">The predicate: the same bytes for the same inputs.</param>
public sealed record MeasuredPredicate(string Kind, string Suite, JsonObject Json);

/// <summary>Everything that an evaluation found out. It measures and never judges: only expectations can fail.</summary>
/// <param name="Predicates">The evidence, one predicate for each kind and suite.</param>
/// <param name="Rows">The table for people.</param>
/// <param name="Messages">What else should be known, such as what this version does not measure.</param>
/// <param name="Failed">Did an expectation fail, or a suite check nothing?</param>
/// <param name="Errored">Could something not be measured?</param>
public sealed record EvaluationOutcome(IReadOnlyList<MeasuredPredicate> Predicates, IReadOnlyList<OutcomeRow> Rows, IReadOnlyList<string> Messages, bool Failed, bool Errored)
{
    /// <summary>How the version was scored; null where nothing was.</summary>
    public RunnerChoice? Runner { get; init; }

    /// <summary>0 when all went well, 1 when an expectation failed, 2 when something could not be measured (interfaces §2).</summary>
    public int ExitCode => Errored ? 2 : Failed ? 1 : 0;

    /// <summary>Several outcomes as one.</summary>
    public static EvaluationOutcome Of(IReadOnlyList<EvaluationOutcome> parts) => new([.. parts.SelectMany(p => p.Predicates)], [.. parts.SelectMany(p => p.Rows)],
        [.. parts.SelectMany(p => p.Messages).Distinct()], parts.Any(p => p.Failed), parts.Any(p => p.Errored))
    { Runner = parts.Select(p => p.Runner).FirstOrDefault(r => r is not null) };

    /// <summary>As JSON: what <c>--json</c> prints and <c>results.json</c> holds.</summary>
    public JsonObject ToJson() => new()
    {
        ["failed"] = Failed,
        ["runner"] = Runner?.ToJson(),
        ["error"] = Errored,
        ["messages"] = new JsonArray([.. Messages.Select(m => JsonValue.Create(m))]),
        ["results"] = new JsonArray([.. Rows.Select(Row)]),
        ["predicates"] = new JsonArray([.. Predicates.Select(p => p.Json.DeepClone())]),
    };

    static JsonObject Row(OutcomeRow row)
    {
        var json = new JsonObject { ["suite"] = row.Suite, ["name"] = row.Name, ["state"] = row.State.ToString().ToLowerInvariant(), ["value"] = row.Value, ["low"] = row.Low, ["high"] = row.High, ["n"] = row.N };
        if (row.Part is not null)
            json["part"] = row.Part;
        if (row.Text is not null)
            json["text"] = row.Text;
        if (row.Baseline is not null)
            (json["baseline"], json["delta"]) = (row.Baseline, row.Delta);
        return json;
    }
}
