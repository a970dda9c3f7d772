using System.Text.Json;
using Assay.Server.Registry;

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
        if (version.Derived.Count + version.Aliases.Count == 0)
            return;
        json.WriteStartArray("aliases");
        foreach (var alias in version.Derived.Concat(version.Aliases))
            json.WriteStringValue(alias);
        json.WriteEndArray();
    }

    /// <summary>A model, with all its versions as they are with their protected aliases.</summary>
    public void Model(Utf8JsonWriter json, ModelView model, IReadOnlyList<VersionView> versions)
    {
        json.WriteString("name", model.Name);
        json.Put("creation_timestamp", model.CreatedAt);
        json.Put("last_updated_timestamp", model.UpdatedAt);
        json.WriteString("description", model.Description);
        json.PutList("latest_versions", Latest(versions), Version);
        json.PutPairs("tags", model.Tags);
        var derived = versions.SelectMany(v => v.Derived.Select(alias => (Alias: alias, v.Number)));
        json.PutList("aliases", derived.Concat(model.Aliases.Select(a => (Alias: a.Key, Number: a.Value))), (j, alias) =>
        {
            j.WriteString("alias", alias.Alias);
            j.WriteString("version", alias.Number.ToString());
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

    static IEnumerable<KeyValuePair<string, string>> Own(VersionView version)
    {
        yield return new("assay.status", version.Status.ToString().ToLowerInvariant());
        if (version.Digest is { } digest)
            yield return new("assay.digest", digest.ToString());
    }
}
