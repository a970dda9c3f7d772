using System.Text.Json.Nodes;
using Assay.Contracts;
using Assay.Evaluation.Data;
using Assay.Evaluation.Data.Rows;
using Assay.Evaluation.Leakage;
using Assay.Evaluation.Measures;
using Assay.Evaluation.Profiles;
using Assay.Evaluation.Skew;
using Assay.Evaluation.Suites;

namespace Assay.Evaluation.Comparisons;

/// <summary>Held-out rows beside those of training: what leaked, and how far the features are apart. Each set is read once.</summary>
internal sealed class TrainComparison(EvaluationSuite suite, DataSet data, ComparedData compared, Plan plan)
{
    readonly IReadOnlyList<RowColumn> canonical = CanonicalRows.Columns(plan);
    readonly IReadOnlyList<RowColumn> features = [.. plan.Inputs.Select(c => new RowColumn(c, plan.Numbers.Contains(c)))];

    /// <summary>The metrics of leakage.</summary>
    public List<MetricResult> Leakage { get; } = [];

    /// <summary>The metrics of feature skew.</summary>
    public List<MetricResult> Skew { get; } = [];

    /// <summary>Features that do not go together, as evidence lists them.</summary>
    public JsonArray Mismatches { get; } = [];

    /// <summary>What the held-out rows are as a whole; null when they have no digests.</summary>
    public RowFingerprint? Rows { get; private set; }

    /// <summary>The digest of the training rows; null when it is not known.</summary>
    public Digest? TrainRows { get; private set; }

    /// <summary>Measures; the refusal says why nothing could be.</summary>
    public async Task<Refusal?> Run(CancellationToken ct)
    {
        var train = compared.Train is null ? null : (Result<DataProfile>?)await DataProfile.Of(compared.Train, new(canonical, features, suite.Data.Entity, suite.Data.Time), suite.Train!.Uri!, ct);
        if (train is { Ok: false } broken)
            return broken.Refusal;
        using var then = train?.Value;
        var label = suite.Data.Label.Length == 0 ? null : new RowColumn(suite.Data.Label, suite.Task == EvaluationTask.Regression);
        var held = await DataProfile.Of(data, new(canonical, features, suite.Data.Entity, suite.Data.Time, label, then?.Times?.Greatest), suite.Data.Uri, ct);
        if (!held.Ok)
            return held.Refusal;
        using var now = held.Value;
        Rows = now.Rows is { Problem: null } rows ? rows.Digests.Fingerprint(ct) : null;
        TrainRows = compared.Digests?.RowsDigest ?? (then?.Rows is { Problem: null } its ? its.Digests.Fingerprint(ct).Root : null);
        var leakage = new RowLeakage(now, suite.Data.Entity, suite.Data.Time, suite.Level);
        Leakage.AddRange(then is not null ? leakage.Against(then, canonical, ct) : compared.Digests is { } digests ? leakage.Against(digests, canonical, ct) : []);
        Leakage.AddRange(FeatureLeakage.Of(now, suite.Task, suite.Level, ct));
        return then is null ? null : await Shift(then, now, ct);
    }

    async Task<Refusal?> Shift(DataProfile then, DataProfile now, CancellationToken ct)
    {
        if (compared.Reference is not { } other)
        {
            Shift(then, now);
            return null;
        }
        var reference = await DataProfile.Of(other, new([], features), suite.Reference!.Uri, ct);
        if (!reference.Ok)
            return reference.Refusal;
        using var its = reference.Value;
        Shift(then, its);
        return null;
    }

    void Shift(DataProfile then, DataProfile now)
    {
        var skew = new FeatureSkew(then, now, suite.Level);
        Skew.AddRange(skew.Of(plan.Inputs));
        foreach (var (feature, why) in skew.Mismatches)
            Mismatches.Add(new JsonObject { ["feature"] = feature, ["why"] = why });
    }
}
