using System.Text.Json;
using System.Text.Json.Nodes;
using Assay.Contracts;
using Assay.Contracts.Wire;
using Assay.Server.Identity;
using Assay.Server.Storage;

namespace Assay.Server.Tracking;

/// <summary>Tags of runs, one at a time, and what a 2.x <c>log_model</c> writes into one.</summary>
public sealed class RunTags(Store store, RunWrites writes)
{
    /// <summary>Sets a tag. <c>mlflow.runName</c> renames the run; <c>mlflow.note.content</c> may be set on a sealed run too.</summary>
    public Task<Result<Done>> Set(string run, string key, string value, Principal who, CancellationToken ct) => store.Write(async Task<Result<Done>> (tx) =>
    {
        if (Check(key, value) is { } wrong)
            return wrong;
        var admitted = await writes.Admit(tx, run, who, $"set tag {key}", async () => await tx.First(RunSql.Tag, ("run", run), ("key", key)) == value, always: key == KnownTags.Note);
        if (admitted is { Ok: true, Value: true })
            await Write(tx, run, [KeyValuePair.Create(key, value)]);
        return admitted.Map(_ => Done.Yes);
    }, ct);

    /// <summary>Removes a tag that is there.</summary>
    public Task<Result<Done>> Delete(string run, string key, Principal who, CancellationToken ct) => store.Write(async Task<Result<Done>> (tx) =>
    {
        var admitted = await writes.Admit(tx, run, who, $"delete tag {key}", () => Task.FromResult(false), always: key == KnownTags.Note);
        if (admitted.Refusal is { } refusal)
            return refusal;
        return await tx.Execute(RunSql.DeleteTag, ("run", run), ("key", key)) > 0 ? Done.Yes : TrackingRefusals.NoTag(key, $"run {run}");
    }, ct);

    /// <summary>Appends a model to the list of those that a 2.x client logged; one that stands there already changes nothing.</summary>
    public Task<Result<Done>> LogModel(string run, string modelJson, Principal who, CancellationToken ct)
    {
        var read = LoggedModelInfo.Read(modelJson);
        if (!read.Ok)
            return Task.FromResult<Result<Done>>(read.Refusal!);
        var model = read.Value;
        return store.Write(async Task<Result<Done>> (tx) =>
        {
            JsonArray? history = null;
            var admitted = await writes.Admit(tx, run, who, "log model", async () => Holds(history = await History(tx, run), model), alone: true);
            if (admitted is not { Ok: true, Value: true })
                return admitted.Map(_ => Done.Yes);
            history ??= await History(tx, run);
            if (Holds(history, model))
                return Done.Yes;
            history.Add(model.DeepClone());
            await Write(tx, run, [KeyValuePair.Create(KnownTags.LogModelHistory, history.ToJsonString())]);
            return Done.Yes;
        }, ct);
    }

    /// <summary>Writes tags and keeps the run's name equal to its tag. Keys must be checked, and each stand once.</summary>
    internal static async Task Write(Tx tx, string run, IReadOnlyCollection<KeyValuePair<string, string>> tags)
    {
        await tx.Execute(RunSql.SetTags, Rows(run, tags));
        foreach (var (key, value) in tags)
            if (key == KnownTags.RunName)
                await tx.Execute(RunSql.Rename, ("run", run), ("name", value));
    }

    /// <summary>How long a value may be; the rest of what is asked of a tag is asked when it is set by itself.</summary>
    internal static Refusal? Value(string key, string value) => (key == KnownTags.RunName ? WireLimits.RunName : WireLimits.TagValue).Length(value, "value");

    internal static Refusal? Check(string key, string value) => Limits.Key("Tag", key) ?? Value(key, value);

    /// <summary>Keys and values as columns, in the order of the key so that two units never wait for each other crosswise.</summary>
    internal static Rows Rows(string run, IReadOnlyCollection<KeyValuePair<string, string>> pairs)
    {
        var sorted = pairs.OrderBy(p => p.Key, StringComparer.Ordinal).ToArray();
        return new(sorted.Length, ("run_id", Array.ConvertAll(sorted, _ => run)), ("key", Array.ConvertAll(sorted, p => p.Key)), ("value", Array.ConvertAll(sorted, p => p.Value)));
    }

    static async Task<JsonArray> History(Tx tx, string run)
    {
        try
        {
            return await tx.First(RunSql.Tag, ("run", run), ("key", KnownTags.LogModelHistory)) is { } text && JsonNode.Parse(text) is JsonArray list ? list : [];
        }
        catch (JsonException)
        {
            return []; // somebody set the tag by hand to something else
        }
    }

    static bool Holds(JsonArray history, JsonObject model) => history.Any(known => JsonNode.DeepEquals(known, model));
}
