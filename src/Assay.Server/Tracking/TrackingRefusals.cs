using Assay.Contracts;

namespace Assay.Server.Tracking;

/// <summary>Everything that the Tracking room can refuse, with its mend.</summary>
public static class TrackingRefusals
{
    public static Refusal NoExperiment(string id) => new(RefusalKind.NotFound, "no-such-experiment", $"No Experiment with id={id} exists.", "List experiments with experiments/search.", "experiment_id");

    public static Refusal NoExperimentNamed(string name) => new(RefusalKind.NotFound, "no-such-experiment", $"Could not find experiment with name '{name}'.", "Create it with experiments/create.", "experiment_name");

    public static Refusal ExperimentExists(string name, string lifecycle) => new(RefusalKind.Exists, "experiment-exists", $"Experiment(name={name}) already exists.",
        lifecycle == Lifecycle.Deleted ? "It is deleted: restore it with experiments/restore, or choose another name." : "Use it, or choose another name.", "name");

    public static Refusal ExperimentDeleted(string id) => new(RefusalKind.Invalid, "experiment-deleted", $"The experiment {id} must be in the 'active' state. It is deleted: it must be in the 'active' lifecycle_stage.",
        "Restore it with experiments/restore.", "experiment_id");

    public static Refusal AlreadyDeleted(string id) => new(RefusalKind.NotFound, "no-such-experiment", $"No Experiment with id={id} exists that is not deleted.", null, "experiment_id");

    public static Refusal NotDeleted(string id) => new(RefusalKind.NotFound, "no-such-experiment", $"No deleted Experiment with id={id} exists.", null, "experiment_id");

    public static Refusal ExperimentSealed(string id, string run, SealFact seal) => new(RefusalKind.Conflict, "experiment-sealed",
        $"The experiment {id} holds the run {run}, which {OfSeal(seal)}: what a version was made of is kept.", "Leave the experiment; delete the runs that are not wanted one by one.", "experiment_id");

    public static Refusal Location(string location, string why) => new(RefusalKind.Invalid, "bad-location", $"Invalid value '{location}' for parameter 'artifact_location' supplied: {why}", "Leave it out for the server's own store.", "artifact_location");

    public static Refusal NoTag(string key, string of) => new(RefusalKind.NotFound, "no-such-tag", $"No tag with name: {key} in {of}.", null, "key");

    public static Refusal NoRun(string id) => new(RefusalKind.NotFound, "no-such-run", $"Run with id={id} not found.", "List runs with runs/search.", "run_id");

    public static Refusal RunDeleted(string id) => new(RefusalKind.Invalid, "run-deleted", $"The run {id} must be in the 'active' state. Current state is deleted.", "Restore it with runs/restore.", "run_id");

    public static Refusal RunSealed(string id, SealFact seal) => new(RefusalKind.Conflict, "run-sealed",
        $"Run {id} is sealed: version {seal.Model}/{seal.Number} ({seal.Version.Short}) was made of it, seal {seal.Seal.Short}.", "Log to a new run and submit that one; a sealed run never changes.", "run_id");

    public static Refusal NameDiffers(string name, string tag) => new(RefusalKind.Invalid, "name-differs",
        $"Both 'run_name' argument and '{KnownTags.RunName}' tag are specified, but with different values (run_name='{name}', {KnownTags.RunName}='{tag}').", "Give one of them, or the same value.", "run_name");

    public static Refusal ParamChanged(string run, IEnumerable<(string Key, string Old, string New)> changed) => new(RefusalKind.Invalid, "param-changed",
        $"Changing param values is not allowed. Params were already logged='[{string.Join(", ", changed.Select(c => $"{{'key': '{c.Key}', 'old_value': '{Cut(c.Old)}', 'new_value': '{Cut(c.New)}'}}"))}]' for run ID='{run}'.", Field: "params");

    public static Refusal DuplicateParams(IEnumerable<string> keys) => new(RefusalKind.Invalid, "duplicate-params",
        $"Duplicate parameter keys have been submitted: [{string.Join(", ", keys.Select(k => $"'{k}'"))}].", "Send each key once.", "params");

    public static Refusal Timestamp(string key, long at) => new(RefusalKind.Invalid, "bad-timestamp", $"Got invalid timestamp {at} for metric '{key}'. Timestamp must be a nonnegative long (64-bit integer).", Field: "timestamp");

    public static Refusal DatasetPair(string key) => new(RefusalKind.Invalid, "dataset-pair", $"Metric '{key}' names a data set by one of dataset_name and dataset_digest only: they must come together.", Field: "dataset_name");

    public static Refusal ModelJson(string why) => new(RefusalKind.Invalid, "bad-model-json", $"Malformed model info: {why}", "Send the MLmodel as JSON with artifact_path, flavors, utc_time_created and run_id.", "model_json");

    public static Refusal NoModel(string id) => new(RefusalKind.NotFound, "no-such-logged-model", $"Logged model with ID '{id}' not found.", "List logged models with logged-models/search.", "model_id");

    public static Refusal ModelName(string name) => new(RefusalKind.Invalid, "bad-model-name", $"Invalid model name '{name}'.", "A name is not empty and has none of / : . % \" '", "name");

    public static Refusal ModelParamChanged(string model, string key) => new(RefusalKind.Invalid, "param-changed", $"Changing param values is not allowed. Param '{key}' of logged model '{model}' was already logged with another value.", Field: "params");

    public static Refusal ModelSealed(string model, string run, SealFact seal) => new(RefusalKind.Conflict, "run-sealed",
        $"Logged model {model} belongs to run {run}, which {OfSeal(seal)}.", "Log a new model in a new run; what a version was made of never changes.", "model_id");

    public static Refusal ImportedElsewhere(string what, string id, string origin) => new(RefusalKind.Conflict, "imported-elsewhere", $"The {what} {id} was imported from {origin}.",
        "One id is imported from one server only; import that server again, or leave this one out.", "origin");

    public static Refusal NotImported(string what, string id) => new(RefusalKind.Conflict, "not-imported", $"The {what} {id} is here and was logged here: an import never changes it.", "Leave it out of the import.", "id");

    public static Refusal ImportField(string field, string value, string wanted) => new(RefusalKind.Invalid, "bad-import", $"'{Cut(value)}' is no {field} of an import: wanted {wanted}.", "Send what MLflow's own API gives.", field);

    static string OfSeal(SealFact seal) => $"is sealed by version {seal.Model}/{seal.Number} ({seal.Version.Short}), seal {seal.Seal.Short}";

    static string Cut(string value) => value.Length <= 100 ? value : value[..100] + "…";
}
