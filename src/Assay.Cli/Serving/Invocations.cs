using System.Text.Json.Nodes;
using Assay.Contracts;
using Assay.Evaluation.Inputs;
using Assay.Evaluation.Models;

namespace Assay.Cli.Serving;

/// <summary>One request to a model: MLflow's body in, its predictions out.</summary>
internal sealed class Invocations(OnnxModel model, ModelSignature? signature)
{
    /// <summary>The predictions, one for each row, or why there are none.</summary>
    public Result<JsonArray> Answer(JsonNode? body)
    {
        var input = InputJson.Read(body);
        if (!input.Ok)
            return input.Refusal!;
        // A model exported for a fixed number of rows is asked so many at a time.
        var rows = input.Value.Rows;
        var step = model.Face.FixedRows is { } fixedRows && rows % fixedRows == 0 ? fixedRows : rows;
        var all = new JsonArray();
        for (var at = 0; at < rows; at += step)
        {
            var part = step == rows ? input.Value : input.Value.Slice(at, step);
            var tensors = InputBinding.Bind(part, model.Face, signature, at + 1);
            var outputs = tensors.Ok ? model.Run(tensors.Value) : tensors;
            if (!outputs.Ok)
                return outputs.Refusal!;
            foreach (var prediction in Predictions.Of(outputs.Value, part.Rows).ToList())
                all.Add(prediction?.DeepClone());
        }
        return all;
    }
}
