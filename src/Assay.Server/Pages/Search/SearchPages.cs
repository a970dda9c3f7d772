using Assay.Server.Deployments;
using Assay.Server.Identity;
using Assay.Server.Pages.Layout;
using Assay.Server.Pages.Parts;
using Assay.Server.Registry;
using Assay.Server.Storage;
using Assay.Server.Tracking;
using Microsoft.AspNetCore.Http;

namespace Assay.Server.Pages.Search;

/// <summary>What the find box found.</summary>
/// <param name="Asked">What was typed.</param>
/// <param name="Found">What fits, the exact ones first.</param>
public sealed record SearchView(string Asked, IReadOnlyList<FoundLine> Found);

/// <summary>One thing found.</summary>
public sealed record FoundLine(string Kind, string Name, string Address);

internal static class SearchPages
{
    const int Most = 50, MostModels = 10_000;

    internal static async Task<IResult> Find(Caller caller, Store store, Models models, Versions versions, RunReader runs, Environments environments, CancellationToken ct, string? q = null)
    {
        var asked = (q ?? "").Trim();
        var sees = caller.Sees;
        if (asked.Length == 0)
            return Drawn.As<SearchPage>(new SearchView(asked, []));
        var found = await store.Read(async tx =>
        {
            List<FoundLine> lines = [];
            if (await runs.Outline(tx, asked.ToLowerInvariant()) is { } run && (sees.Experiment(run.ExperimentName) || (run.Seal is { } seal && sees.Model(seal.Model))))
                lines.Add(new("run", run.Name, Addresses.Run(run.RunId)));
            if (await versions.Find(tx, asked.ToLowerInvariant()) is { Ok: true } version && sees.Model(version.Value.Model))
                lines.Add(new("version", $"{version.Value.Model} v{version.Value.Number}", Addresses.Version(version.Value.Model, version.Value.Number)));
            lines.AddRange((await models.Seen(tx, sees, MostModels, asked))
                .OrderBy(model => model.Name.Length).Select(model => new FoundLine("model", model.Name, Addresses.Model(model.Name))));
            lines.AddRange((await environments.All(tx)).Where(environment => environment.Name.Contains(asked, StringComparison.OrdinalIgnoreCase)).Select(environment => new FoundLine("environment", environment.Name, Addresses.Environment(environment.Name))));
            return lines;
        }, ct);
        return found.Count == 1 ? Results.LocalRedirect(found[0].Address) : Drawn.As<SearchPage>(new SearchView(asked, [.. found.Take(Most)]));
    }
}
