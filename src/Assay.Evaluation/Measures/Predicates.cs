using System.Globalization;
using System.Text.Json.Nodes;
using Assay.Contracts;
using Assay.Evaluation.Data;
using Assay.Evaluation.Data.Rows;
using Assay.Evaluation.Suites;
using Assay.Statistics.Resampling;

namespace Assay.Evaluation.Measures;

/// <summary>The predicates of one evaluation on rows: <c>heldout</c>, <c>slices</c>, <c>tail</c> (evidence.md), each with the same head.</summary>
internal sealed class Predicates(EvaluationSuite suite, DataSet data, EvaluationOptions options, bool paired)
{
    /// <summary>What every predicate about the held-out data says first.</summary>
    public JsonObject Head(string kind, RowFingerprint? rows = null)
    {
        var dataset = new JsonObject
        {
            ["uri"] = suite.Data.Uri,
            ["digest"] = Predicate.Sha(data.Digest),
            ["role"] = suite.Data.Role,
            ["rows"] = data.Rows,
            ["strength"] = "content",
        };
        if (rows is not null)
            dataset["rows_digest"] = Predicate.Sha(rows.Root);
        var head = new JsonObject
        {
            ["kind"] = kind,
            ["suite"] = new JsonObject { ["name"] = suite.Head.Name, ["digest"] = Predicate.Sha(suite.Head.Digest) },
            ["seed"] = SuiteMeasurement.Seed(suite.Head.Digest, data.Digest).ToString("x16", CultureInfo.InvariantCulture),
            ["dataset"] = dataset,
            ["limits"] = new JsonObject { ["bootstrap"] = suite.Replicates, ["buckets"] = BucketWeights.UsualBuckets, ["level"] = suite.Level },
        };
        head["runner"] = suite.Judgements is { } judgements ? new JsonObject { ["kind"] = "judgements", ["uri"] = judgements.Uri } : options.Runner.ToJson();
        if (paired && options.AgainstDigest is { } digest)
            head["baseline"] = new JsonObject { ["digest"] = Predicate.Sha(digest) };
        return head;
    }

    /// <summary>All metrics without a value, each with the one reason.</summary>
    public MeasuredPredicate Failed(Refusal why)
    {
        var head = Head("heldout");
        head["metrics"] = new JsonArray([.. suite.Metrics.Select(m => new JsonObject { ["name"] = m.Name, ["value"] = null, ["n"] = data.Rows, ["error"] = why.Message })]);
        return new("heldout", suite.Head.Name, head);
    }

    /// <summary>What was measured.</summary>
    public IEnumerable<MeasuredPredicate> Of(Measurement measured)
    {
        var heldout = Head("heldout", measured.Rows);
        heldout["metrics"] = Predicate.Metrics(measured.Overall);
        if (measured.Curves is { } curves)
            heldout["curves"] = curves;
        yield return new("heldout", suite.Head.Name, heldout);
        if (suite.Slices is not null)
            yield return new("slices", suite.Head.Name, Slices(measured));
        if (measured.Tail is not null)
            yield return new("tail", suite.Head.Name, Tail(measured));
    }

    JsonObject Slices(Measurement measured)
    {
        var predicate = Head("slices", measured.Rows);
        predicate["limits"]!["minSliceRows"] = suite.Slices!.MinRows;
        predicate["limits"]!["minSlicePositives"] = suite.Slices.MinPositives;
        predicate["metrics"] = Predicate.Metrics(measured.Overall);
        predicate["slices"] = new JsonArray([.. measured.Slices.Select(s =>
        {
            var slice = new JsonObject { ["by"] = s.Key.ToJson(), ["rows"] = s.Rows };
            if (s.Status is not null)
                slice["status"] = s.Status;
            slice["metrics"] = Predicate.Metrics(s.Metrics);
            return slice;
        })]);
        if (measured.Weak is { } weak)
        {
            predicate["limits"]!["searchedRows"] = weak.Rows;
            foreach (var found in weak.Slices)
                predicate["slices"]!.AsArray().Add(Weak(found));
        }
        return predicate;
    }

    /// <summary>What was found on one half of the rows and looked at on the other: the numbers are those of the other.</summary>
    static JsonObject Weak(WeakResult found) => new()
    {
        ["by"] = found.Key.ToJson(),
        ["rows"] = found.Slice.Found.Rows + found.Slice.Rows,
        ["discovered"] = true,
        ["confirmed"] = found.Slice.Confirmed,
        ["score"] = Published.Number(found.Slice.Found.Score),
        ["effect"] = Published.Number(found.Slice.Effect),
        ["p_adjusted"] = Published.Number(found.Slice.AdjustedP),
        ["metrics"] = new JsonArray(new JsonObject
        {
            ["name"] = "mean_loss",
            ["value"] = Published.Number(found.Slice.MeanLoss),
            ["n"] = found.Slice.Rows,
            ["baseline"] = Published.Number(found.Slice.RestMeanLoss),
            ["direction"] = "lower",
        }),
    };

    JsonObject Tail(Measurement measured)
    {
        var predicate = Head("tail", measured.Rows);
        predicate["loss"] = measured.TailLoss;
        predicate["metrics"] = Predicate.Metrics(measured.Tail!);
        predicate["worst"] = new JsonArray([.. measured.Worst!.Select(w =>
        {
            var row = new JsonObject { ["row"] = w.Row };
            if (w.Id is not null)
                row["id"] = w.Id;
            row["loss"] = Published.Number(w.Loss);
            return row;
        })]);
        return predicate;
    }
}
