using Assay.Contracts.Wire;
using Assay.Server.Tracking;

namespace Assay.Server.Mlflow;

/// <summary>The body of log-batch and its smaller sisters, read straight into columns.</summary>
static class LogBatchRequest
{
    public static (string Run, RunBatch Batch) Read(MlflowArguments a)
    {
        var metrics = a.Objects("metrics", WireLimits.BatchMetrics);
        var batch = new RunBatch(metrics.Count) { Params = a.Pairs("params", WireLimits.BatchParams), Tags = a.Pairs("tags", WireLimits.BatchTags) };
        a.Together("metrics", metrics.Count + batch.Params.Count + batch.Tags.Count, WireLimits.Batch);
        foreach (var metric in metrics)
            if (PlainMetric.TryRead(metric.Json, out var plain))
                batch.Add(plain.Key, plain.Value, plain.TimestampMs, plain.Step);
            else
                Add(batch, metric);
        return (a.RunId(), batch);
    }

    public static (string Run, RunBatch Batch) ReadMetric(MlflowArguments a)
    {
        var batch = new RunBatch(1);
        Add(batch, a);
        return (a.RunId(), batch);
    }

    public static (string Run, RunBatch Batch) ReadParam(MlflowArguments a) =>
        (a.RunId(), new RunBatch(0) { Params = [KeyValuePair.Create(a.Required("key"), a.Present("value"))] });

    static void Add(RunBatch batch, MlflowArguments a)
    {
        var (dataset, digest) = (a.Text("dataset_name"), a.Text("dataset_digest"));
        if (string.IsNullOrEmpty(dataset) != string.IsNullOrEmpty(digest))
            a.Invalid(string.IsNullOrEmpty(dataset) ? "dataset_digest" : "dataset_name", (dataset ?? "") + (digest ?? ""), "dataset_name and dataset_digest must come together.");
        batch.Add(a.Required("key"), a.RequiredReal("value"), a.RequiredInt("timestamp"), a.Int("step") ?? 0, a.Text("model_id"), dataset, digest);
    }
}
