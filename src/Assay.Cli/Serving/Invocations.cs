using System.Text.Json.Nodes;
using Assay.Contracts;
using Assay.Evaluation.Inputs;
using Assay.Evaluation.Models;
using Assay.Evaluation.Runners;

namespace Assay.Cli.Serving;

/// <summary>One request to a model: MLflow's body in, its predictions out.</summary>
internal sealed class Invocations(OnnxModel model, ModelSignature? signature)
{
    /// <summary>The predictions, one for each row, or why there are none.</summary>
    public async Task<Result<JsonArray>> Answer(JsonNode? body)
    {
        var input = InputJson.Read(body);
        if (!input.Ok)
            return input.Refusal!;
        var tensors = InputBinding.Bind(input.Value, model.Face, signature);
        var outputs = tensors.Ok ? await FixedRows.Ask(tensors.Value, model.Face.FixedRows, part => Task.FromResult(model.Run(part))) : tensors;
        return outputs.Map(found => Predictions.Of(found, input.Value.Rows));
    }
}
