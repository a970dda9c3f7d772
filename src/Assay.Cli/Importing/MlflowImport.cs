using System.Text.Json.Nodes;
using Assay.Client;
using Assay.Client.Api;

namespace Assay.Cli.Importing;

/// <summary>What an import takes over: everything, or the experiments and models that are named.</summary>
/// <param name="Experiments">Names; empty for all.</param>
/// <param name="Models">Names; empty for all, or for none when only experiments are named.</param>
/// <param name="Parallel">How many runs at once.</param>
internal sealed record ImportWish(IReadOnlyCollection<string> Experiments, IReadOnlyCollection<string> Models, int Parallel)
{
    public bool WantsExperiment(string name) => Experiments.Count > 0 ? Experiments.Contains(name) : Models.Count == 0;

    public bool WantsModel(string name) => Models.Count > 0 ? Models.Contains(name) : Experiments.Count == 0;
}

/// <summary>Takes over another MLflow server: experiments with their logged models and runs, then registered models with their versions.</summary>
internal sealed class MlflowImport(MlflowServer origin, MlflowServer target, AssayApi api, ImportTally tally)
{
    readonly MlflowSource source = new(origin);

    /// <summary>Imports what is wished for.</summary>
    public async Task Run(ImportWish wish, CancellationToken ct)
    {
        var files = new FileCopy(target, tally);
        var runs = new RunImport(source, target, api, files, tally, origin.Address.ToString());
        var models = new LoggedModelImport(source, target, api, files, tally, origin.Address.ToString());
        var versions = new VersionImport(source, origin, target, api, tally);
        var several = new ParallelOptions { MaxDegreeOfParallelism = wish.Parallel, CancellationToken = ct };
        await foreach (var experiment in source.Experiments(ct))
        {
            if (!wish.WantsExperiment(experiment.Text("name") ?? "") || await Experiment(experiment, ct) is not { } here)
                continue;
            var there = experiment.Text("experiment_id")!;
            await Parallel.ForEachAsync(source.LoggedModels(there, ct), several, async (model, token) => await models.Begin(model, here, token));
            await Parallel.ForEachAsync(source.Runs(there, ct), several, async (run, token) => await runs.Import(run, here, token));
            await Parallel.ForEachAsync(source.LoggedModels(there, ct), several, async (model, token) => await models.Complete(model, token));
            tally.Count("experiments");
            if (experiment.Text("lifecycle_stage") == "deleted")
                await target.Post("experiments/delete", new() { ["experiment_id"] = here }, ct);
        }
        await foreach (var model in source.Models(ct))
            if (wish.WantsModel(model.Text("name") ?? ""))
                await versions.Import(model, prompt: false, ct);
        await foreach (var prompt in source.Prompts(ct))
            if (wish.WantsModel(prompt.Text("name") ?? ""))
                await versions.Import(prompt, prompt: true, ct);
    }

    /// <summary>The experiment of the same name here, made if there is none; null when it is deleted here.</summary>
    async Task<string?> Experiment(JsonObject experiment, CancellationToken ct)
    {
        var name = experiment.Text("name")!;
        if (await Find(name, ct) is not { } found)
        {
            await target.Post("experiments/create", new() { ["name"] = name }, ct);
            found = (await Find(name, ct))!;
        }
        var id = found.Text("experiment_id")!;
        if (found.Text("lifecycle_stage") == "deleted")
        {
            if (experiment.Text("lifecycle_stage") != "deleted")
                tally.LeaveOut($"experiment '{name}'", "it is deleted here: restore it, then import again");
            return null;
        }
        foreach (var tag in experiment.Maps("tags").Where(t => t.Text("key")?.StartsWith("assay.", StringComparison.Ordinal) == false))
            await target.Post("experiments/set-experiment-tag", new() { ["experiment_id"] = id, ["key"] = tag.Text("key"), ["value"] = tag.Text("value") ?? "" }, ct);
        return id;
    }

    async Task<JsonObject?> Find(string name, CancellationToken ct)
    {
        try
        {
            return (await target.Get("experiments/get-by-name".With(("experiment_name", name)), ct)).Map("experiment");
        }
        catch (MlflowException e) when (e.ErrorCode is "RESOURCE_DOES_NOT_EXIST")
        {
            return null;
        }
    }
}
