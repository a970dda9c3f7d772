namespace Assay.Contracts.Wire;

/// <summary>
/// Every limit of MLflow's wire in one table. The docs (docs/limits.md) are written from it, and a test tries each one at its edge: as much as
/// it says is accepted, one more is refused with the field, the value, the rule and what to do.
/// </summary>
public static class WireLimits
{
    const string Every = "every route with a JSON body", Logging = "runs/log-batch, log-metric, log-parameter, set-tag", Versions = "model-versions/create";

    public static readonly Limit
        RequestLine = new("Request line", 64 * 1024, "bytes", "every route: method, path and query together", "4094 (gunicorn) or 65 536 (uvicorn)"),
        Body = new("JSON body", 32 * 1024 * 1024, "bytes", Every, "none"),
        Values = new("JSON body", 1_000_000, "values", Every, "none"),
        Nesting = new("JSON body", 64, "levels of nesting", Every, "100"),

        Key = new("Key", 250, "characters", "metrics, params and tags of runs, experiments and logged models", "250"),
        ParamValue = new("Param value", 1_000_000, "characters", $"{Logging}, logged-models", "6000, cut silently"),
        TagValue = new("Tag value", 1_000_000, "characters", $"{Logging}, runs/create, logged-models", "8000, cut silently"),
        RunName = new("Run name", 1000, "characters", "runs/create, runs/update, set-tag mlflow.runName", "250"),
        BatchMetrics = new("A batch logging request", 1000, "metrics", "runs/log-batch", "1000"),
        BatchParams = new("A batch logging request", 100, "params", "runs/log-batch", "100"),
        BatchTags = new("A batch logging request", 100, "tags", "runs/log-batch", "100"),
        Batch = new("A batch logging request", 1000, "metrics, params, and tags", "runs/log-batch", "1000"),
        Pairs = new("Tags or params", 1000, "items", "the tags or params of one create, and of logged-models/…/tags and /params", "none"),
        ModelJson = new("Model info", 1_000_000, "characters", "runs/log-model", "the length of a tag"),

        ExperimentName = new("Experiment name", 500, "characters", "experiments/create, update", "500 (column 256)"),
        ExperimentTag = new("Tag value", 5000, "characters", "experiments/create, set-experiment-tag", "5000"),
        Location = new("Artifact location", 2048, "characters", "experiments/create", "2048"),

        Inputs = new("Datasets", 1000, "datasets", "runs/log-inputs", "none"),
        Models = new("Models", 1000, "models", "runs/log-inputs, runs/outputs", "none"),
        DatasetName = new("Dataset name", 500, "characters", "runs/log-inputs", "500"),
        DatasetDigest = new("Dataset digest", 100, "characters", "runs/log-inputs", "36"),
        DatasetSource = new("Dataset source", 65_535, "characters", "runs/log-inputs", "65 535"),
        DatasetSchema = new("Dataset schema", 1_048_575, "characters", "runs/log-inputs", "1 048 575"),
        DatasetProfile = new("Dataset profile", 16_777_215, "characters", "runs/log-inputs", "16 777 215"),
        InputTagKey = new("Input tag key", 255, "characters", "runs/log-inputs", "255"),
        InputTagValue = new("Input tag value", 500, "characters", "runs/log-inputs", "500"),

        LoggedModelName = new("Logged model name", 500, "characters", "logged-models", "500"),
        LoggedModelType = new("Logged model type", 500, "characters", "logged-models", "500"),

        ModelName = new("Model name", 256, "characters", "registered-models/create, rename", "256"),
        Description = new("Description", 100_000, "characters", "registered-models and model-versions", "5000"),
        RegistryKey = new("Tag key", 250, "characters", "tags of registered models and versions", "250"),
        RegistryValue = new("Tag value", 100_000, "characters", "tags of registered models and versions", "100 000 (2.x: 5000)"),
        Alias = new("Alias", 255, "characters", "registered-models/alias", "255"),
        Source = new("Source", 2048, "characters", Versions, "500"),
        RunLink = new("Run link", 2048, "characters", Versions, "500"),

        Filter = new("Filter", 100_000, "characters", "every search", "none"),
        Comparisons = new("Filter", 100, "comparisons", "every search", "none"),
        Listed = new("Filter", 1000, "listed values", "every search: IN, NOT IN", "none"),
        Orders = new("order_by", 50, "clauses", "every search", "none"),
        Order = new("order_by clause", 2000, "characters", "every search", "none"),
        SearchedExperiments = new("experiment_ids", 10_000, "experiments", "runs/search, logged-models/search", "none"),
        SearchedDatasets = new("experiment_ids", 20, "experiments", "experiments/search-datasets", "20"),

        ExperimentPage = new("Page", 50_000, "experiments", "experiments/search", "50 000"),
        RunPage = new("Page", 50_000, "runs", "runs/search", "50 000"),
        LoggedModelPage = new("Page", 1000, "models", "logged-models/search", "none"),
        ModelPage = new("Page", 1000, "models", "registered-models/search", "1000"),
        VersionPage = new("Page", 200_000, "versions", "model-versions/search", "200 000"),
        HistoryPage = new("Page", 25_000, "points", "metrics/get-history (a greater max_results is taken as this one)", "25 000"),
        BulkRuns = new("Runs", 100, "runs", "metrics/get-history-bulk, get-history-bulk-interval", "100"),
        BulkSteps = new("Page", 2500, "points of a run", "metrics/get-history-bulk-interval", "2500"),

        ArtifactPath = new("Artifact path", 2048, "bytes", "artifacts", "none"),
        UploadParts = new("Parts", 10_000, "parts", "mpu/create, mpu/complete", "that of the store behind it"),
        PageUpload = new("Upload", 10 * 1024 * 1024, "bytes", "upload-artifact (the pages' own; mlflow-artifacts takes files of any size)", "10 MB");

    /// <summary>All of them, in the order of the docs.</summary>
    public static readonly IReadOnlyList<Limit> All =
    [
        RequestLine, Body, Values, Nesting, Key, ParamValue, TagValue, RunName, BatchMetrics, BatchParams, BatchTags, Batch, Pairs, ModelJson, ExperimentName, ExperimentTag, Location,
        Inputs, Models, DatasetName, DatasetDigest, DatasetSource, DatasetSchema, DatasetProfile, InputTagKey, InputTagValue, LoggedModelName, LoggedModelType,
        ModelName, Description, RegistryKey, RegistryValue, Alias, Source, RunLink, Filter, Comparisons, Listed, Orders, Order, SearchedExperiments, SearchedDatasets,
        ExperimentPage, RunPage, LoggedModelPage, ModelPage, VersionPage, HistoryPage, BulkRuns, BulkSteps, ArtifactPath, UploadParts, PageUpload,
    ];
}
