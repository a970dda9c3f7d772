using System.Text.Json.Nodes;
using Assay.Contracts;

namespace Assay.Examples.Credit;

/// <summary>The last thing that is printed: what a script needs to go on with.</summary>
public static class Summary
{
    /// <summary><c>run_id=…</c> (offline: <c>model_sha256=…</c>), or one JSON document.</summary>
    public static string Of(TrainingOptions options, Outcome outcome, TrainingLog log)
    {
        var digest = Digest.Of(outcome.Onnx).Hex;
        if (!options.Json)
            return log.RunId is { } id ? $"run_id={id}" : $"model_sha256={digest}";
        return new JsonObject
        {
            ["run_id"] = log.RunId,
            ["server"] = log.Server?.ToString(),
            ["experiment"] = options.Experiment,
            ["variant"] = options.Variant.ToString().ToLowerInvariant(),
            ["seed"] = options.Seed,
            ["model_sha256"] = digest,
            ["rows"] = new JsonObject { ["train"] = outcome.Data.Train.Count, ["heldout"] = outcome.Data.HeldOut.Count },
            ["metrics"] = new JsonObject { ["auc"] = outcome.HeldOut.Auc, ["accuracy"] = outcome.HeldOut.Accuracy, ["log_loss"] = outcome.HeldOut.LogLoss },
            ["parity_max_abs"] = outcome.ParityDifference,
            ["out"] = options.Out is { } folder ? Path.GetFullPath(folder) : null,
        }.ToJsonString();
    }
}
