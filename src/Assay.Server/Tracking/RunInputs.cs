using Assay.Contracts;
using Assay.Server.Identity;
using Assay.Server.Storage;

namespace Assay.Server.Tracking;

/// <summary>What a run read (data sets, models) and what it made (models).</summary>
public sealed class RunInputs(Store store, RunWrites writes)
{
    const int MostAtOnce = 1000;

    /// <summary>Adds inputs; one that the run has already (name and digest) stays as it is.</summary>
    public async Task<Result<Done>> Log(string run, IReadOnlyList<RunInput> inputs, IReadOnlyList<string> models, Principal who, CancellationToken ct) => Check(inputs) is { } wrong ? wrong : await store.Write(async Task<Result<Done>> (tx) =>
    {
        var admitted = await writes.Admit(tx, run, who, "log inputs", () => AreStored(tx, run, inputs, [.. models.Select(m => (m, "input"))]), alone: true);
        if (admitted is not { Ok: true, Value: true })
            return admitted.Map(_ => Done.Yes);
        var known = await tx.All(InputSql.Of, ("run", run));
        var position = known.Count;
        foreach (var input in inputs)
            if (!known.Exists(k => k.Name == input.Name && k.Digest == input.Digest))
                await Add(tx, run, input, position++);
        foreach (var model in models)
            await tx.Execute(InputSql.AddModel, ("run", run), ("direction", "input"), ("model", model), ("step", 0));
        return Done.Yes;
    }, ct);

    /// <summary>Adds models that the run made, each at a step.</summary>
    public Task<Result<Done>> LogOutputs(string run, IReadOnlyList<(string Model, long Step)> models, Principal who, CancellationToken ct) => store.Write(async Task<Result<Done>> (tx) =>
    {
        var admitted = await writes.Admit(tx, run, who, "log outputs", () => AreStored(tx, run, [], [.. models.Select(m => (m.Model, "output"))]));
        if (admitted is not { Ok: true, Value: true })
            return admitted.Map(_ => Done.Yes);
        foreach (var (model, step) in models)
            await tx.Execute(InputSql.AddModel, ("run", run), ("direction", "output"), ("model", model), ("step", step));
        return Done.Yes;
    }, ct);

    static async Task Add(Tx tx, string run, RunInput input, int position)
    {
        var added = await tx.Execute(InputSql.Add, ("run", run), ("name", input.Name), ("digest", input.Digest), ("position", position),
            ("type", input.SourceType), ("source", input.Source), ("schema", input.Schema), ("profile", input.Profile));
        if (added > 0)
            foreach (var (key, value) in input.Tags)
                await tx.Execute(InputSql.AddTag, ("run", run), ("name", input.Name), ("digest", input.Digest), ("key", key), ("value", value));
    }

    static async Task<bool> AreStored(Tx tx, string run, IReadOnlyList<RunInput> inputs, List<(string Model, string Direction)> models)
    {
        var (known, knownModels) = (await tx.All(InputSql.Of, ("run", run)), await tx.All(InputSql.ModelsOf, ("run", run)));
        return inputs.All(i => known.Exists(k => k.Name == i.Name && k.Digest == i.Digest)) && models.TrueForAll(m => knownModels.Exists(k => k.ModelId == m.Model && k.Direction == m.Direction));
    }

    static Refusal? Check(IReadOnlyList<RunInput> inputs)
    {
        if (inputs.Count > MostAtOnce)
            return TrackingRefusals.TooMany("datasets", MostAtOnce, inputs.Count);
        return inputs.Select(input => Limits.First([
            Limits.Length("Dataset name", input.Name, Limits.MostDatasetName, "datasets.dataset.name"),
            Limits.Length("Dataset digest", input.Digest, Limits.MostDatasetDigest, "datasets.dataset.digest"),
            Limits.Length("Dataset source", input.Source, Limits.MostSource, "datasets.dataset.source"),
            Limits.Length("Dataset schema", input.Schema, Limits.MostSchema, "datasets.dataset.schema"),
            Limits.Length("Dataset profile", input.Profile, Limits.MostProfile, "datasets.dataset.profile"),
            .. input.Tags.Select(t => Limits.Length("InputTag key", t.Key, Limits.MostInputTagKey, "datasets.tags.key") ?? Limits.Length("InputTag value", t.Value, Limits.MostInputTagValue, "datasets.tags.value"))]))
            .FirstOrDefault(refusal => refusal is not null);
    }
}
