using System.Reflection;

namespace Assay.Client;

/// <summary>The tags a run starts with: what MLflow's Python client sets, then the captured facts, then what the caller says.</summary>
static class RunTags
{
    public static async Task<(Dictionary<string, string> Tags, RunContext? Context)> GatherAsync(
        RunOptions options, Func<string, string?> variable, CancellationToken ct)
    {
        var tags = new Dictionary<string, string>();
        RunContext? context = null;
        if (options.CaptureContext)
        {
            tags["mlflow.user"] = variable("MLFLOW_TRACKING_USERNAME") is { Length: > 0 } user ? user : Environment.UserName;
            tags["mlflow.source.name"] = Assembly.GetEntryAssembly()?.GetName().Name ?? AppDomain.CurrentDomain.FriendlyName;
            tags["mlflow.source.type"] = "LOCAL";
            tags["runtime.name"] = System.Runtime.InteropServices.RuntimeInformation.FrameworkDescription;
            context = await RunContext.CaptureAsync(new() { Directory = options.Repository, Seed = options.Seed, Variable = variable }, ct).ConfigureAwait(false);
            Merge(tags, context.Tags);
        }
        if (options.Name is { } name)
            tags["mlflow.runName"] = name;
        if (options.Description is { } note)
            tags["mlflow.note.content"] = note;
        if (options.Parent is { } parent)
            tags["mlflow.parentRunId"] = parent;
        Merge(tags, options.Tags);
        return (tags, context);
    }

    static void Merge(Dictionary<string, string> into, IReadOnlyDictionary<string, string> more)
    {
        foreach (var (key, value) in more)
            into[key] = value;
    }
}
