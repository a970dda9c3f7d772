using System.Text.Json;
using Assay.Server.Registry;
using Assay.Server.Storage;

namespace Assay.Server.Mlflow;

/// <summary>Models and versions in MLflow's words. Assay's own state is in the read-only tags <c>assay.status</c> and <c>assay.digest</c>.</summary>
sealed class VersionJson(ServerOptions options)
{
    public void Version(Utf8JsonWriter json, VersionView version)
    {
        json.WriteString("name", version.Model);
        json.WriteString("version", version.Number.ToString());
        json.Put("creation_timestamp", version.CreatedAt);
        json.Put("last_updated_timestamp", version.UpdatedAt);
        json.WriteString("current_stage", version.Stage);
        json.WriteString("description", version.Description);
        json.WriteString("source", version.Source);
        json.WriteString("run_id", version.RunId ?? "");
        // A client polls until READY or FAILED_REGISTRATION: a version that waits for its run is READY, or the script would never end.
        var failed = version.Status is VersionStatus.Rejected && version.Digest is null && options.Capture is CaptureMode.Enforce;
        json.WriteString("status", failed ? "FAILED_REGISTRATION" : "READY");
        json.Put("status_message", version.StatusReason);
        json.PutPairs("tags", [.. version.Tags, .. Own(version)]);
        json.Put("run_link", version.RunLink);
        json.Put("model_id", version.LoggedModelId);
        if (version.Aliases.Count == 0)
            return;
        json.WriteStartArray("aliases");
        foreach (var alias in version.Aliases)
            json.WriteStringValue(alias);
        json.WriteEndArray();
    }

    public void Model(Utf8JsonWriter json, ModelView model, IReadOnlyList<VersionView> latest, long? champion)
    {
        json.WriteString("name", model.Name);
        json.Put("creation_timestamp", model.CreatedAt);
        json.Put("last_updated_timestamp", model.UpdatedAt);
        json.WriteString("description", model.Description);
        json.PutList("latest_versions", latest, Version);
        json.PutPairs("tags", model.Tags);
        var aliases = model.Aliases.Select(a => (a.Key, a.Value));
        json.PutList("aliases", champion is { } number ? [("champion", number), .. aliases] : aliases, (j, alias) =>
        {
            j.WriteString("alias", alias.Item1);
            j.WriteString("version", alias.Item2.ToString());
        });
    }

    /// <summary>The highest number of each stage.</summary>
    public static List<VersionView> Latest(IEnumerable<VersionView> versions) => [.. versions.GroupBy(v => v.Stage).Select(g => g.MaxBy(v => v.Number)!).OrderBy(v => v.Stage, StringComparer.Ordinal)];

    public static Dictionary<string, string> Map(IEnumerable<KeyValuePair<string, string>> pairs)
    {
        Dictionary<string, string> map = [];
        foreach (var (key, value) in pairs)
            map[key] = value;
        return map;
    }

    public static async Task<long?> ChampionNumber(Tx tx, Models models, Versions versions, string model) =>
        await models.Champion(tx, model) is { } digest && await versions.Find(tx, model, digest.ToString()) is { Ok: true } found ? found.Value.Number : null;

    static IEnumerable<KeyValuePair<string, string>> Own(VersionView version)
    {
        yield return new("assay.status", version.Status.ToString().ToLowerInvariant());
        if (version.Digest is { } digest)
            yield return new("assay.digest", digest.ToString());
    }
}
