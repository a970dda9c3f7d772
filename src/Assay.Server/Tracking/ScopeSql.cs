using Assay.Server.Identity;
using Assay.Server.Storage;

namespace Assay.Server.Tracking;

/// <summary>A run or a logged model as the owner of files.</summary>
public sealed record ArtifactOwner(Scope Scope, string ArtifactUri);

/// <summary>What ids belong to; a sealed run, with the models that it logged, belongs to the model that its version is of as well.</summary>
static class ScopeSql
{
    const string Run = "FROM tracking_run t JOIN tracking_experiment e ON e.experiment_id = t.experiment_id WHERE t.run_id = @id";
    const string Model = "FROM tracking_model t JOIN tracking_experiment e ON e.experiment_id = t.experiment_id WHERE t.model_id = @id";

    /// <summary>A logged model counts as its run's: a version's files lie there (3.x), and whoever may load the version needs them.</summary>
    const string SealedOfRun = "(SELECT r.seal_model FROM tracking_run r WHERE r.run_id = t.source_run_id)";

    public static readonly Query<Scope> OfExperiment = new("SELECT name FROM tracking_experiment WHERE experiment_id = @id", r => new(Experiment: r.Text(0)));

    public static readonly Query<Scope> OfRun = new($"SELECT e.name, t.seal_model {Run}", r => new(Experiment: r.Text(0), Model: r.TextOrNull(1)));

    public static readonly Query<Scope> OfModel = new($"SELECT e.name, {SealedOfRun} {Model}", r => new(Experiment: r.Text(0), Model: r.TextOrNull(1)));

    public static readonly Query<ArtifactOwner> OwnerOf = new($"SELECT e.name, t.seal_model, t.artifact_uri {Run} UNION ALL SELECT e.name, {SealedOfRun}, t.artifact_uri {Model}",
        r => new(new(Experiment: r.Text(0), Model: r.TextOrNull(1)), r.Text(2)));

    public static readonly Query<(string Name, string Location)> Folders = new("SELECT name, artifact_location FROM tracking_experiment", r => (r.Text(0), r.Text(1)));
}
