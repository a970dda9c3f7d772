using Assay.Contracts;
using Assay.Contracts.Wire;
using Assay.Server.Identity;
using Assay.Server.Storage;

namespace Assay.Server.Tracking;

/// <summary>What a run read (data sets, models) and what it made (models).</summary>
public sealed class RunInputs(Store store, RunWrites writes)
{
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
        return inputs.Select(input => Limits.First([
            WireLimits.DatasetName.Length(input.Name, "datasets.dataset.name"),
            WireLimits.DatasetDigest.Length(input.Digest, "datasets.dataset.digest"),
            WireLimits.DatasetSource.Length(input.Source, "datasets.dataset.source"),
            WireLimits.DatasetSchema.Length(input.Schema, "datasets.dataset.schema"),
            WireLimits.DatasetProfile.Length(input.Profile, "datasets.dataset.profile"),
            .. input.Tags.Select(t => WireLimits.InputTagKey.Length(t.Key, "datasets.tags.key") ?? WireLimits.InputTagValue.Length(t.Value, "datasets.tags.value"))]))
            .FirstOrDefault(refusal => refusal is not null);
    }
}
