using Assay.Evaluation.Measures;
using Assay.Evaluation.Profiles;
using Assay.Evaluation.Suites;
using Assay.Statistics;
using Assay.Statistics.Association;

namespace Assay.Evaluation.Leakage;

/// <summary>
/// Does one input alone tell the label? Then the label, or what is only known after it, is probably among the inputs. Of each measure the greatest over the
/// inputs is told, with the input's name. Of many rows it is measured on those that were picked.
/// </summary>
internal static class FeatureLeakage
{
    const int MostClasses = 20, MostCells = 20_000_000;

    public static IEnumerable<MetricResult> Of(DataProfile heldout, EvaluationTask task, double level, CancellationToken ct)
    {
        if (heldout.Label is not { } label || heldout.Features.Count == 0)
            return [];
        return task switch
        {
            EvaluationTask.Classification => [Auc(heldout, label, level, ct), Information(heldout, label, ct)],
            EvaluationTask.Regression => [Correlation(heldout, label, level, ct)],
            _ => [],
        };
    }

    /// <summary>The greatest area of a number as a score for one class against the rest, or of its opposite.</summary>
    static MetricResult Auc(DataProfile heldout, FeatureProfile label, double level, CancellationToken ct)
    {
        const string Name = "feature_auc";
        (MetricResult Result, double Value)? best = null;
        // Of two classes one tells all that the other does.
        var classes = label.Categories.Count == 2 ? 1 : Math.Min(label.Categories.Count, MostClasses);
        if (label.Categories.Count < 2)
            return Facts.Failed(Name, label.Codes.Count, "all labels are of one class");
        foreach (var feature in heldout.Features.Where(f => f.IsNumber))
        {
            var rows = Enumerable.Range(0, feature.Numbers.Count).Where(r => !double.IsNaN(feature.Numbers[r]) && label.Codes[r] >= 0).ToArray();
            double[] values = [.. rows.Select(r => Finite(feature.Numbers[r]))];
            for (var k = 0; k < classes; k++)
            {
                ct.ThrowIfCancellationRequested();
                if (Statistics.Auc.Of(values, [.. rows.Select(r => label.Codes[r] == k)]) is not { } auc)
                    continue;
                var interval = auc.Interval(level);
                var (value, its) = auc.Value >= 0.5 ? (auc.Value, interval) : (1 - auc.Value, interval with { Low = 1 - interval.High, High = 1 - interval.Low });
                if (best is null || value > best.Value.Value)
                    best = (Facts.Of(Name, new(value, rows.Length, its, "delong"), feature.Name), value);
            }
        }
        return best?.Result ?? Facts.NotMeasured(Name, label.Codes.Count, "no input is a number with values in rows of two classes");
    }

    /// <summary>The greatest share of the label's entropy that an input tells.</summary>
    static MetricResult Information(DataProfile heldout, FeatureProfile label, CancellationToken ct)
    {
        const string Name = "feature_information";
        (string Feature, double Share)? best = null;
        int[] labels = [.. label.Codes.Select(c => c + 1)];
        foreach (var feature in heldout.Features)
        {
            ct.ThrowIfCancellationRequested();
            var codes = FeatureCodes.Of(feature);
            var kinds = label.Categories.Count + 2;
            if ((long)codes.Kinds * kinds <= MostCells && MutualInformation.Share(codes.Codes, codes.Kinds, labels, kinds) is { } share && (best is null || share > best.Value.Share))
                best = (feature.Name, share);
        }
        return best is { } found ? Facts.Of(Name, new(found.Share, labels.Length, Method: "miller-madow"), found.Feature) : Facts.Failed(Name, labels.Length, "all labels are of one class");
    }

    /// <summary>The greatest rank correlation, whichever way.</summary>
    static MetricResult Correlation(DataProfile heldout, FeatureProfile label, double level, CancellationToken ct)
    {
        const string Name = "feature_correlation";
        (MetricResult Result, double Value)? best = null;
        foreach (var feature in heldout.Features.Where(f => f.IsNumber))
        {
            ct.ThrowIfCancellationRequested();
            var rows = Enumerable.Range(0, feature.Numbers.Count).Where(r => !double.IsNaN(feature.Numbers[r]) && !double.IsNaN(label.Numbers[r])).ToArray();
            if (RankCorrelation.Of([.. rows.Select(r => feature.Numbers[r])], [.. rows.Select(r => label.Numbers[r])]) is not { } found)
                continue;
            var value = Math.Abs(found);
            if (best is null || value > best.Value.Value)
                best = (Facts.Of(Name, new(value, rows.Length, RankCorrelation.Interval(value, rows.Length, level), "bonett-wright"), feature.Name), value);
        }
        return best?.Result ?? Facts.NotMeasured(Name, label.Numbers.Count, "no input is a number that changes");
    }

    /// <summary>Ranks know no infinity, and its order is kept.</summary>
    static double Finite(double value) => Math.Clamp(value, double.MinValue, double.MaxValue);
}
