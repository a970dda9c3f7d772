using System.Text.Json.Nodes;
using Assay.Statistics;
using Assay.Statistics.Ranking;

namespace Assay.Evaluation.Measures;

/// <summary>What comes of rows in the order of their scores, for one class and one part of the rows. Rows are added from the least score on.</summary>
/// <param name="rows">How many rows will come.</param>
/// <param name="positives">How many of them are of the class.</param>
/// <param name="needs">What will be asked.</param>
/// <param name="drawn">Are curves wanted?</param>
internal sealed class RankFacts(long rows, long positives, RankNeeds needs, bool drawn)
{
    const int ScoreBins = 20;
    readonly RankStream ranks = new();
    readonly PrecisionStream? precision = needs.Precision ? new(positives, rows - positives) : null;
    readonly CalibrationStream? bins = needs.AreProbabilities && (needs.Calibration || drawn) && rows > 0 ? new(rows) : null;
    readonly CurveStream? curve = drawn && positives > 0 && positives < rows ? new(positives, rows - positives) : null;
    readonly (long Rows, long Positive)[] scores = new (long, long)[ScoreBins];

    public void Add(double score, bool positive)
    {
        ranks.Add(score, positive);
        precision?.Add(score, positive);
        bins?.Add(score, positive);
        if (!drawn)
            return;
        curve?.Add(score, positive);
        if (needs.AreProbabilities)
        {
            ref var bin = ref scores[Math.Min(ScoreBins - 1, (int)(score * ScoreBins))];
            bin = (bin.Rows + 1, bin.Positive + (positive ? 1 : 0));
        }
    }

    /// <summary>The area under the ROC curve with DeLong's interval.</summary>
    public Measured Auc(double level) => ranks.Area() is { } area
        ? new(area.Value, rows, area.Interval(level), "delong") : Measured.Failed(rows, "the data has one class only, so there is nothing to rank");

    /// <summary>The interval of its difference to the model compared with; null without one, or over more rows than are kept for it.</summary>
    public Interval? Paired { get; set; }

    /// <summary>The average precision, with the interval of its logit.</summary>
    public Measured AveragePrecision(double level) => precision?.Value() is { } average
        ? new(average.Value, positives, average.Interval(level), "influence") : Measured.Failed(0, "no row of the data is of the class");

    /// <summary>The expected calibration error, shown without an interval: a bootstrap of it covers nothing it claims to (evaluation.md §5).</summary>
    public Measured ExpectedCalibrationError() => Binned(CalibrationBin.ExpectedError);

    /// <summary>Its debiased form.</summary>
    public Measured CalibrationError() => Binned(CalibrationBin.DebiasedError);

    /// <summary>The points of its curves, as evidence has them.</summary>
    public JsonObject Curves()
    {
        var json = new JsonObject();
        if (curve is not null)
            (json["roc"], json["pr"]) = (Points(curve.Roc()), Points(curve.Precision()));
        if (bins is not null)
        {
            json["reliability"] = new JsonArray([.. bins.Bins().Select(b => new JsonObject { ["mean"] = Published.Number(b.Mean), ["share"] = Published.Number(b.Share), ["n"] = b.Rows })]);
            json["scores"] = new JsonArray([.. scores.Select((b, i) => new JsonObject
                { ["from"] = Published.Number(i / (double)ScoreBins), ["to"] = Published.Number((i + 1) / (double)ScoreBins), ["n"] = b.Rows, ["positive"] = b.Positive })]);
        }
        return json;
    }

    static JsonArray Points(IReadOnlyList<(double X, double Y)> points) => new([.. points.Select(p => new JsonArray(Published.Number(p.X), Published.Number(p.Y)))]);

    Measured Binned(Func<IReadOnlyList<CalibrationBin>, double> see) => bins is null ? Measured.Failed(rows, "there are no rows") : new(see(bins.Bins()), rows);
}

/// <summary>What will be asked of the rows in the order of their scores.</summary>
/// <param name="AreProbabilities">Are the scores probabilities, so that they can be compared with shares?</param>
/// <param name="Calibration">Is a calibration error wanted?</param>
/// <param name="Precision">Is the average precision wanted?</param>
internal sealed record RankNeeds(bool AreProbabilities, bool Calibration, bool Precision);
