using System.Text.Json;
using Assay.Server.Tracking;

namespace Assay.Server.Mlflow;

/// <summary>Runs, their metrics and their inputs as MLflow has them.</summary>
static class RunJson
{
    /// <summary>The members of a whole run; searches leave out the models it read.</summary>
    public static void Members(Utf8JsonWriter json, Run run, bool withModelInputs)
    {
        json.PutObject("info", run.Info, Info);
        json.WriteStartObject("data");
        json.PutList("metrics", run.Metrics, Metric);
        json.PutPairs("params", run.Params);
        json.PutPairs("tags", run.Tags);
        json.WriteEndObject();
        json.WriteStartObject("inputs");
        json.PutList("dataset_inputs", run.Inputs, Input);
        if (withModelInputs)
            json.PutList("model_inputs", run.Models.Where(m => m.Direction == "input"), (j, m) => j.WriteString("model_id", m.ModelId));
        json.WriteEndObject();
        json.WriteStartObject("outputs");
        json.PutList("model_outputs", run.Models.Where(m => m.Direction == "output"), Output);
        json.WriteEndObject();
    }

    public static void Info(Utf8JsonWriter json, RunRow run)
    {
        json.WriteString("run_id", run.RunId);
        json.WriteString("run_uuid", run.RunId);
        json.WriteString("run_name", run.Name);
        json.WriteString("experiment_id", run.ExperimentId);
        json.WriteString("user_id", run.User);
        json.WriteString("status", run.Status);
        json.WriteNumber("start_time", run.StartMs);
        json.Put("end_time", run.EndMs);
        json.WriteString("artifact_uri", run.ArtifactUri);
        json.WriteString("lifecycle_stage", run.Lifecycle);
    }

    // Written a million times: the names are encoded once.
    static readonly JsonEncodedText Key = JsonEncodedText.Encode("key"), Value = JsonEncodedText.Encode("value"), Timestamp = JsonEncodedText.Encode("timestamp"), Step = JsonEncodedText.Encode("step");

    public static void Metric(Utf8JsonWriter json, MetricPoint point)
    {
        json.WriteString(Key, point.Key);
        if (double.IsFinite(point.Value))
            json.WriteNumber(Value, point.Value);
        else
            json.PutReal("value", point.Value);
        json.WriteNumber(Timestamp, point.TimestampMs);
        json.WriteNumber(Step, point.Step);
    }

    public static void MetricOfRun(Utf8JsonWriter json, MetricPoint point)
    {
        Metric(json, point);
        json.WriteString("run_id", point.RunId);
    }

    static void Input(Utf8JsonWriter json, RunInput input)
    {
        json.PutPairs("tags", input.Tags);
        json.WriteStartObject("dataset");
        json.WriteString("name", input.Name);
        json.WriteString("digest", input.Digest);
        json.WriteString("source_type", input.SourceType);
        json.WriteString("source", input.Source);
        json.Put("schema", input.Schema);
        json.Put("profile", input.Profile);
        json.WriteEndObject();
    }

    static void Output(Utf8JsonWriter json, RunModelRow model)
    {
        json.WriteString("model_id", model.ModelId);
        json.WriteNumber("step", model.Step);
    }
}
