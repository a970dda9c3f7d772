using Assay.Server.Search;

namespace Assay.Server.Tracking;

/// <summary>What can be searched of runs, experiments and logged models (mlflow-wire §3.12).</summary>
static class SearchTables
{
    static readonly SearchField StartTime = new("start_time", FieldType.Whole, "t.start_ms");
    static readonly SearchField RunName = new("run_name", FieldType.Text, "t.name");

    public static readonly SearchFields Runs = new("runs", new Dictionary<string, SearchField>
    {
        ["run_id"] = new("run_id", FieldType.Text, "t.run_id") { Lists = true },
        ["run_name"] = RunName,
        ["run name"] = RunName,
        ["Run name"] = RunName,
        ["Run Name"] = RunName,
        ["status"] = new("status", FieldType.Text, "t.status"),
        ["artifact_uri"] = new("artifact_uri", FieldType.Text, "t.artifact_uri"),
        ["user_id"] = new("user_id", FieldType.Text, "t.user_id"),
        ["start_time"] = StartTime,
        ["created"] = StartTime,
        ["Created"] = StartTime,
        ["end_time"] = new("end_time", FieldType.Whole, "t.end_ms") { CanBeNull = true },
    }, ["attributes", "attribute", "attr", "run"],
    [
        Metrics("tracking_newest x WHERE x.run_id = t.run_id AND x.key = {key}", [], OfRuns("tracking_newest"), "metrics", "metric"),
        SearchFields.Pairs("tracking_param", "x.run_id = t.run_id", "params", true, OfRuns("tracking_param"), "params", "param", "parameters", "parameter"),
        SearchFields.Pairs("tracking_run_tag", "x.run_id = t.run_id", "tags", true, OfRuns("tracking_run_tag"), "tags", "tag"),
        new(["datasets", "dataset"], Dataset, "name|digest|context"),
    ]);

    public static readonly SearchFields Experiments = new("experiments", new Dictionary<string, SearchField>
    {
        ["name"] = new("name", FieldType.Text, "t.name"),
        ["creation_time"] = new("creation_time", FieldType.Whole, "t.created_ms"),
        ["last_update_time"] = new("last_update_time", FieldType.Whole, "t.updated_ms"),
        ["experiment_id"] = new("experiment_id", FieldType.Whole, "t.experiment_id") { Filters = false },
    }, ["attributes", "attribute", "attr"], [SearchFields.Pairs("tracking_experiment_tag", "x.experiment_id = t.experiment_id", "tags", false, "tags", "tag")]);

    static readonly SearchField Created = new("creation_timestamp", FieldType.Whole, "t.created_ms");
    static readonly SearchField Updated = new("last_updated_timestamp", FieldType.Whole, "t.updated_ms");

    static readonly Dictionary<string, SearchField> ModelAttributes = new()
    {
        ["name"] = Text("name", "t.name"),
        ["model_id"] = Text("model_id", "t.model_id"),
        ["model_type"] = Text("model_type", "t.model_type") with { CanBeNull = true },
        ["source_run_id"] = Text("source_run_id", "t.source_run_id") with { CanBeNull = true },
        ["status"] = Text("status", "t.status"),
        ["artifact_location"] = Text("artifact_location", "t.artifact_uri"),
        ["experiment_id"] = Text("experiment_id", "CAST(t.experiment_id AS TEXT)"),
        ["creation_timestamp"] = Created,
        ["creation_timestamp_ms"] = Created,
        ["creation_time"] = Created,
        ["last_updated_timestamp"] = Updated,
        ["last_updated_timestamp_ms"] = Updated,
    };

    /// <summary>Logged models; a filter on metrics sees the newest value that was measured on one of these data sets (none given: on any, or on none).</summary>
    public static SearchFields LoggedModels(IReadOnlyList<(string Name, string? Digest)> datasets) => new("logged models", ModelAttributes, ["attributes"],
    [
        MetricsOfModel(datasets),
        SearchFields.Pairs("tracking_model_param", "x.model_id = t.model_id", "params", false, "params"),
        SearchFields.Pairs("tracking_model_tag", "x.model_id = t.model_id", "tags", false, "tags"),
    ]);

    static SearchFamily MetricsOfModel(IReadOnlyList<(string Name, string? Digest)> datasets)
    {
        List<string> values = [];
        var narrowed = datasets.Count == 0 ? "" : $" AND ({string.Join(" OR ", datasets.Select(Narrowed))})";
        var from = $"(SELECT m.value, m.is_nan FROM tracking_model_metric m WHERE m.model_id = t.model_id AND m.key = {{key}}{narrowed} ORDER BY m.at_ms DESC, m.step DESC, m.value DESC LIMIT 1) x WHERE 1 = 1";
        return Metrics(from, values, null, "metrics");

        string Narrowed((string Name, string? Digest) dataset)
        {
            values.Add(dataset.Name);
            if (string.IsNullOrEmpty(dataset.Digest))
                return $"m.dataset_name = {{{values.Count - 1}}}";
            values.Add(dataset.Digest);
            return $"(m.dataset_name = {{{values.Count - 2}}} AND m.dataset_digest = {{{values.Count - 1}}})";
        }
    }

    // The indexes …_by_value of the schema.
    static SearchIndex OfRuns(string table) => new(table, "t.run_id = d.run_id", "d.experiment_id", new Dictionary<string, string> { ["start_time"] = "d.start_ms", ["run_id"] = "d.run_id" });

    static SearchFamily Metrics(string from, IReadOnlyList<string> values, SearchIndex? index, params string[] prefixes) =>
        new(prefixes, key => new($"metrics.{key}", FieldType.Real, "x.value") { From = from, IsNan = "x.is_nan", Key = key, Values = values, Index = index });

    static SearchField? Dataset(string key) => key switch
    {
        "name" or "digest" => new($"datasets.{key}", FieldType.Text, $"x.{key}") { From = "tracking_input x WHERE x.run_id = t.run_id", Lists = true, Sorts = false },
        "context" => new("datasets.context", FieldType.Text, "x.value") { From = $"tracking_input_tag x WHERE x.run_id = t.run_id AND x.key = '{KnownTags.DataContext}'", Lists = true, Sorts = false },
        _ => null,
    };

    static SearchField Text(string name, string sql) => new(name, FieldType.Text, sql) { Lists = true };
}
