using System.Globalization;
using System.Text.RegularExpressions;
using Assay.Contracts;
using Assay.Plots;
using Assay.Server.Identity;
using Assay.Server.Pages.Errors;
using Assay.Server.Pages.Layout;
using Assay.Server.Pages.Parts;
using Assay.Server.Registry;
using Assay.Server.Storage;
using Assay.Server.Tracking;
using Microsoft.AspNetCore.Http;

namespace Assay.Server.Pages.Experiment;

/// <summary>Experiments and the search over their runs. The address is the state; only the columns asked for are sent.</summary>
internal static partial class ExperimentPages
{
    const int PageSize = 25, MostExperiments = 100, MostColumns = 8;

    internal static async Task<IResult> List(Caller caller, ExperimentSearch search, CancellationToken ct)
    {
        var found = await search.Find(caller.Sees, "ACTIVE_ONLY", new(null, ["last_update_time DESC"], null, MostExperiments), ct);
        var loaded = await search.Load(found.Value.Items, ct);
        return Drawn.As<ExperimentsPage>(new ExperimentsPageView([.. loaded.Select(one => new ExperimentRow(one.Row.ExperimentId, one.Row.Name, Moment(one.Row.UpdatedMs), Enforced(one)))]));
    }

    internal static async Task<IResult> Show(string id, Caller caller, HttpContext context, Experiments experiments, RunSearch search, Store store, Versions versions, CancellationToken ct, string? filter = null, string? order_by = null, string? columns = null, string? page = null)
    {
        var experiment = await experiments.Get(id, ct);
        if (!experiment.Ok)
            return Drawn.As<ErrorPage>(ErrorView.Refused(experiment.Refusal!, ("Experiments", "/experiments")), StatusCodes.Status404NotFound);
        var query = new RunQuery(filter, order_by, columns, page);
        var found = await search.Find(caller.Sees, [id], "ACTIVE_ONLY", new(filter, Clauses(order_by), page, PageSize), ct);
        var view = new ExperimentPageView(id, experiment.Value.Row.Name, query) { Enforced = Enforced(experiment.Value) };
        if (!found.Ok)
        {
            var (text, caret) = Place(found.Refusal!);
            return Drawn.As<ExperimentPage>(view with { Error = text, Caret = caret }, StatusCodes.Status400BadRequest);
        }
        var runs = await search.Load(found.Value.Items, ct);
        var became = await store.Read(async tx =>
        {
            Dictionary<string, VersionRef> made = [];
            foreach (var run in runs)
                if ((await versions.OfRun(tx, run.Info.RunId)).LastOrDefault() is { Digest: { } digest } version)
                    made[run.Info.RunId] = new(digest, version.Model, version.Number);
            return made;
        }, ct);
        var known = Known(runs);
        var shown = string.IsNullOrWhiteSpace(columns) ? Differing(runs, known) : [.. columns.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Where(column => column.StartsWith("metrics.", StringComparison.Ordinal) || column.StartsWith("params.", StringComparison.Ordinal)).Select(column => column.Replace("`", "", StringComparison.Ordinal)).Distinct()];
        var best = shown.ToDictionary(column => column, column => Best(runs, column));
        return Drawn.As<ExperimentPage>(view with { Columns = shown, Known = known, Rows = [.. runs.Select(run => Row(run, shown, best) with { Became = became.GetValueOrDefault(run.Info.RunId) })], Next = found.Value.Next, Took = Visit.Of(context).Took });
    }

    static RunRow Row(Tracking.Run run, IReadOnlyList<string> columns, Dictionary<string, double?> best)
    {
        var tags = run.Tags.ToDictionary(tag => tag.Key, tag => tag.Value);
        var info = run.Info;
        return new(info.RunId, info.Name, Standing.OfRun(info.Status), Moment(info.StartMs), info.EndMs is { } end ? TimeSpan.FromMilliseconds(end - info.StartMs) : null,
            [.. columns.Select(column => Cell(run, column, best[column]))], tags.GetValueOrDefault("mlflow.source.git.commit"), tags.GetValueOrDefault("mlflow.source.git.dirty") is "true" or "True",
            run.Inputs.Count == 0 ? null : run.Inputs[0].Name + (run.Inputs.Count > 1 ? $" and {run.Inputs.Count - 1} more" : ""));
    }

    static RunCell Cell(Tracking.Run run, string column, double? best)
    {
        if (column.StartsWith("params.", StringComparison.Ordinal))
        {
            var value = run.Params.Where(param => param.Key == column["params.".Length..]).Select(param => param.Value).FirstOrDefault();
            return new(value, double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out _));
        }
        return Value(run, column) is { } metric ? new(Figures.Of(metric), true, run.Info.Status == RunStatus.Finished && metric == best) : new(null, true);
    }

    static double? Value(Tracking.Run run, string column)
    {
        var found = run.Metrics.Where(metric => metric.Key == column["metrics.".Length..]).ToArray();
        return found.Length == 0 ? null : found[0].Value;
    }

    /// <summary>The best finished value where the name says which way is better; nothing is bold where it does not.</summary>
    static double? Best(IReadOnlyList<Tracking.Run> runs, string column)
    {
        if (!column.StartsWith("metrics.", StringComparison.Ordinal))
            return null;
        var values = runs.Where(run => run.Info.Status == RunStatus.Finished).Select(run => Value(run, column)).OfType<double>().Where(double.IsFinite).ToArray();
        return values.Length < 2 ? null : Lower().IsMatch(column) ? values.Min() : Higher().IsMatch(column) ? values.Max() : null;
    }

    static IReadOnlyList<string> Known(IReadOnlyList<Tracking.Run> runs) =>
        [.. runs.SelectMany(run => run.Metrics.Select(metric => "metrics." + metric.Key)).Distinct().Order(StringComparer.Ordinal), .. runs.SelectMany(run => run.Params.Select(param => "params." + param.Key)).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>What is shown unasked: the metrics, and those parameters that differ within the page; never all there are.</summary>
    static IReadOnlyList<string> Differing(IReadOnlyList<Tracking.Run> runs, IReadOnlyList<string> known)
    {
        var metrics = known.Where(column => column.StartsWith("metrics.", StringComparison.Ordinal)).Take(MostColumns / 2).ToArray();
        var differing = known.Where(column => column.StartsWith("params.", StringComparison.Ordinal) && runs.Select(run => Cell(run, column, null).Text).Distinct().Count() > 1);
        return [.. metrics, .. differing.Take(MostColumns - metrics.Length)];
    }

    static string[] Clauses(string? orderBy) => string.IsNullOrWhiteSpace(orderBy) ? [] : orderBy.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    static string? Enforced(Tracking.Experiment experiment) => experiment.Tags.Where(tag => tag.Key == "assay.require_complete").Select(tag => tag.Value).FirstOrDefault();

    /// <summary>The refusal in a sentence, and the place in the filter it speaks of.</summary>
    static (string Text, int? Caret) Place(Refusal refusal)
    {
        var at = At().Match(refusal.Message);
        var sentence = refusal.Message.Split('\n')[0];
        return ($"{sentence} {refusal.Mend}".Trim(), at.Success && refusal.Field == "filter" ? int.Parse(at.Groups[1].Value, CultureInfo.InvariantCulture) - 1 : null);
    }

    static DateTimeOffset Moment(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms);

    [GeneratedRegex("at character ([0-9]{1,6}):")]
    private static partial Regex At();

    [GeneratedRegex("loss|error|rmse|mse|mae|ece|perplexity|latency", RegexOptions.IgnoreCase)]
    private static partial Regex Lower();

    [GeneratedRegex("auc|accuracy|acc$|f1|recall|precision|r2|score|ndcg", RegexOptions.IgnoreCase)]
    private static partial Regex Higher();
}
