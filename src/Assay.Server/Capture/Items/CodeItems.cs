using System.Text.Json;
using System.Text.Json.Nodes;
using Assay.Contracts;

namespace Assay.Server.Capture.Items;

static class CodeItems
{
    const string CommitTag = "mlflow.source.git.commit", DirtyTag = "mlflow.source.git.dirty", RepositoryTag = "mlflow.source.git.repoURL";

    public static Gap? Commit(CapturedRun run, Requirement item)
    {
        var found = run.Facts.Tags.GetValueOrDefault(CommitTag, "");
        return found.Length is 40 or 64 && found.All(char.IsAsciiHexDigitLower) ? null
            : new(item.Item, $"the code's commit: 40 or 64 hex digits in the tag {CommitTag}", Show(found), Mend(run));
    }

    public static Gap? Clean(CapturedRun run, Requirement item)
    {
        var found = run.Facts.Tags.GetValueOrDefault(DirtyTag, "");
        return found.Equals("false", StringComparison.OrdinalIgnoreCase) ? null
            : new(item.Item, $"a clean working tree: {DirtyTag} = false (a blank is not clean)", Show(found),
                found.Equals("true", StringComparison.OrdinalIgnoreCase) ? "Commit the changes and train again." : Mend(run));
    }

    public static Gap? Repository(CapturedRun run, Requirement item)
    {
        var found = run.Facts.Tags.GetValueOrDefault(RepositoryTag, "");
        return found.Length > 0 ? null : new(item.Item, $"the repository's address in the tag {RepositoryTag}", Show(found), Mend(run));
    }

    static string Show(string found) => found.Length == 0 ? "nothing" : $"'{found}'";

    /// <summary>Both ways to give what no client logs by itself, filled in as far as known.</summary>
    static string Mend(CapturedRun run)
    {
        var tags = new JsonObject();
        foreach (var (tag, unknown) in new[] { (CommitTag, "COMMIT"), (DirtyTag, "false"), (RepositoryTag, "URL") })
            tags[tag] = run.Facts.Tags.TryGetValue(tag, out var known) && known.Length > 0 ? known : unknown;
        var script = run.Facts.Tags.GetValueOrDefault("mlflow.source.name") is { Length: > 0 } name && name.EndsWith(".py", StringComparison.Ordinal) ? name : "train.py";
        return $"Run the training as `assay run -- python {script}`, or set MLFLOW_RUN_CONTEXT='{tags.ToJsonString(Plain)}' in the job template.";
    }

    static readonly JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
