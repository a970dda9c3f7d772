using System.Text.Json.Nodes;
using Assay.Client;
using Assay.Client.Api;

namespace Assay.Cli.Importing;

/// <summary>Takes over registered models and their versions, under their own names and numbers; a source that was imported is rewritten to where it lies here.</summary>
internal sealed class VersionImport(MlflowSource source, MlflowServer origin, MlflowServer target, AssayApi api, ImportTally tally)
{
    /// <summary>Imports a model and all its versions.</summary>
    public async Task Import(JsonObject found, bool prompt, CancellationToken ct)
    {
        var name = found.Text("name") ?? "";
        try
        {
            var model = await source.Model(name, ct);
            await Ensure(model, ct);
            var aliases = model.Maps("aliases").ToLookup(a => a.Text("version"), a => a.Text("alias")!);
            await foreach (var version in source.Versions(name, prompt, ct))
                await One(name, version, prompt, [.. aliases[version.Text("version")]], ct);
            tally.Count("models");
        }
        catch (Exception e) when (e is MlflowException or ApiRefusalException)
        {
            tally.LeaveOut($"model {name}", e.Message);
        }
    }

    async Task Ensure(JsonObject model, CancellationToken ct)
    {
        try
        {
            await target.Post("registered-models/create", new() { ["name"] = model.Text("name"), ["description"] = model.Text("description"), ["tags"] = Tags(model) }, ct);
        }
        catch (MlflowException e) when (e.ErrorCode is "RESOURCE_ALREADY_EXISTS")
        {
            // It is here from an earlier import, or from our own training: its versions are looked at one by one.
        }
    }

    async Task One(string model, JsonObject version, bool prompt, IReadOnlyList<string> aliases, CancellationToken ct)
    {
        try
        {
            await api.Put(ApiPath.Of("imports", "models", model, "versions", version.Text("version") ?? ""), new JsonObject
            {
                ["origin"] = origin.Address.ToString(),
                ["source"] = prompt ? version.Text("source") : await Here(model, version, ct),   // the text of a prompt is a tag; its source is a placeholder
                ["run_id"] = version.Text("run_id"),
                ["model_id"] = version.Text("model_id"),
                ["description"] = version.Text("description"),
                ["run_link"] = version.Text("run_link"),
                ["current_stage"] = version.Text("current_stage"),
                ["aliases"] = new JsonArray([.. aliases.Select(a => JsonValue.Create(a))]),
                ["tags"] = Tags(version),
                ["creation_timestamp"] = version.Whole("creation_timestamp") ?? 0,
                ["last_updated_timestamp"] = version.Whole("last_updated_timestamp"),
            }, ct);
            tally.Count("versions");
        }
        catch (Exception e) when (e is MlflowException or ApiRefusalException)
        {
            tally.LeaveOut($"{model}/{version.Text("version")}", e.Message);
        }
    }

    /// <summary>The version's source as it lies here: below its run's or logged model's root. One elsewhere stays as it is, and is named.</summary>
    async Task<string> Here(string model, JsonObject version, CancellationToken ct)
    {
        var given = version.Text("source") ?? "";
        if (given.Length == 0 || given.StartsWith("runs:/", StringComparison.Ordinal) || given.StartsWith("models:/", StringComparison.Ordinal))
            return given;
        if (version.Text("run_id") is { Length: > 0 } run && await Roots("runs/get".With(("run_id", run)), "run", ct) is var (there, here) && Below(given, there) is { } path)
            return here + path;
        var logged = given.Split('/').FirstOrDefault(part => part.StartsWith("m-", StringComparison.Ordinal));
        if (logged is not null && await Roots($"logged-models/{Uri.EscapeDataString(logged)}", "model", ct) is var (modelThere, modelHere) && Below(given, modelThere) is { } below)
            return modelHere + below;
        tally.LeaveOut($"files of {model}/{version.Text("version")}", $"they are at {given}, which is below no imported run");
        return given;
    }

    /// <summary>Where the same thing keeps its files at the origin and here; null when one of the two does not have it.</summary>
    async Task<(string There, string Here)?> Roots(string route, string field, CancellationToken ct)
    {
        try
        {
            var (there, here) = (await origin.Get(route, ct), await target.Get(route, ct));
            return (there.Map(field).Map("info").Text("artifact_uri")!.TrimEnd('/'), here.Map(field).Map("info").Text("artifact_uri")!.TrimEnd('/'));
        }
        catch (MlflowException e) when (!e.MayPass)
        {
            return null;
        }
    }

    static string? Below(string path, string root) => path == root || path.StartsWith(root + "/", StringComparison.Ordinal) ? path[root.Length..] : null;

    static JsonArray Tags(JsonObject of) => new([.. of.Maps("tags").Where(t => t.Text("key")?.StartsWith("assay.", StringComparison.Ordinal) == false).Select(JsonNode? (t) => t.DeepClone())]);
}
