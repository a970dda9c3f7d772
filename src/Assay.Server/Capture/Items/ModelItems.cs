using Assay.Contracts;

namespace Assay.Server.Capture.Items;

static class ModelItems
{
    const string LogIt = "Log the model with mlflow.<flavor>.log_model(model, …, signature=infer_signature(X, y)) inside the run.";

    public static Gap? Files(CapturedRun run, Requirement item)
    {
        if (run.Model is null)
            return new(item.Item, "one model folder with an MLmodel file under the registry's control", "none", LogIt);
        if (run.ModelText("MLmodel") is not { } text || !MlModelFile.TryRead(text, out var file))
            return new(item.Item, "a readable MLmodel file", $"'{run.Model.Root}/MLmodel' is no YAML that MLflow would write", LogIt);
        var missing = file.Names.Where(name => !run.Model.Has(name)).ToList();
        return missing.Count == 0 ? null
            : new(item.Item, "every file that the MLmodel names", $"not there: {string.Join(", ", missing)}", "Log the model again: the upload was not whole.");
    }

    public static Gap? Signature(CapturedRun run, Requirement item)
    {
        if (run.ModelText("MLmodel") is { } text && MlModelFile.TryRead(text, out var file) && file.HasSignature)
            return null;
        return new(item.Item, "a model signature (inputs and outputs) in the MLmodel file", run.Model is null ? "no model" : "none", LogIt);
    }
}
