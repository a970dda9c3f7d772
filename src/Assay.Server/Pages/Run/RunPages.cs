using Assay.Contracts;
using Assay.Plots;
using Assay.Server.Artifacts;
using Assay.Server.Capture;
using Assay.Server.Pages.Errors;
using Assay.Server.Pages.Layout;
using Assay.Server.Pages.Parts;
using Assay.Server.Pages.Version;
using Assay.Server.Registry;
using Assay.Server.Storage;
using Assay.Server.Tracking;
using Microsoft.AspNetCore.Http;

namespace Assay.Server.Pages.Run;

/// <summary>A run and its metrics.</summary>
internal static class RunPages
{
    const int MostCharts = 4, PageColumns = 100, WholeColumns = 400, LastPoints = 80;

    internal static async Task<IResult> Show(string id, Store store, RunReader runs, MetricCurves curves, CaptureDesk desk, Versions versions, CancellationToken ct)
    {
        var found = await store.Read(async tx => await runs.Facts(tx, id) is { } facts ? (Facts: facts, Curves: await Curves(tx, facts, curves), Versions: await versions.OfRun(tx, id)) : default, ct);
        if (found.Facts is not { } run)
            return Missing(id);
        // A run that became a version was measured against that model's profile; another one against the profile of everybody.
        var submitted = found.Versions.FirstOrDefault();
        var check = await desk.Check(id, run.Seal?.Model ?? submitted?.Model ?? "", null, ct);
        var gathered = await desk.Gather(id, new(), ct);
        var drawn = found.Curves.Where(curve => curve.Points.Count > 1).ToArray();
        return Drawn.As<RunPage>(new RunPageView(run.RunId, run.Name, run.ExperimentId, run.ExperimentName, Standing.OfRun(run.Status), Moment(run.StartMs), run.EndMs is { } end ? Moment(end) : null)
        {
            User = run.User,
            Writers = run.Writers,
            Deleted = run.Lifecycle != Lifecycle.Active,
            Became = run.Seal is { } seal ? new(seal.Version, seal.Model, seal.Number) : null,
            Model = run.Seal?.Model ?? submitted?.Model,
            Gaps = run.Status == RunStatus.Running && run.Seal is null ? [] : check.Ok ? check.Value.Gaps : [],
            Items = run.Status == RunStatus.Running && run.Seal is null ? 0 : check.Ok ? check.Value.Items.Count(item => item.Required) : 0,
            Charts = [.. drawn.Take(MostCharts).Select((curve, nth) => Chart($"chart-{nth}", curve, PageColumns, 120))],
            MoreCharts = Math.Max(0, drawn.Length - MostCharts),
            Metrics = [.. run.Metrics.Select(metric => Line(metric, found.Curves.FirstOrDefault(curve => curve.Key == metric.Key)))],
            Params = [.. run.Params.OrderBy(param => param.Key, StringComparer.Ordinal)],
            Tags = [.. run.Tags.Where(tag => !tag.Key.StartsWith("mlflow.", StringComparison.Ordinal)).OrderBy(tag => tag.Key, StringComparer.Ordinal)],
            Data = [.. run.Inputs.Select(input => new DataLine(input.Name, RunGround.Role(input), RunGround.Source(input), input.Digest))],
            Facts = [.. RunGround.Code(run), .. RunGround.Origin(run)],
            Files = gathered is null ? [] : [.. gathered.Files.Select(file => new FileLine(Below(run, file), file.Size, file.Digest) { Href = Download(run, file) })],
        });
    }

    internal static async Task<IResult> Metric(string id, Store store, RunReader runs, MetricCurves curves, CancellationToken ct, string? key = null)
    {
        var found = await store.Read(async tx => await runs.Facts(tx, id) is { } facts
            ? (Facts: facts, Curve: await curves.Of(tx, id, key ?? "", WholeColumns), Last: await curves.Last(tx, id, key ?? "", LastPoints)) : default, ct);
        if (found.Facts is not { } run)
            return Missing(id);
        if (found.Curve is not { } curve)
            return Drawn.As<ErrorPage>(ErrorView.Refused(new(RefusalKind.NotFound, "no-such-metric", $"Run {run.Name} logged no metric '{key}'", "All it logged stands on its page."), (run.Name, Addresses.Run(id))), StatusCodes.Status404NotFound);
        return Drawn.As<MetricPage>(new MetricPageView(id, run.Name, curve.Key, Chart("whole", curve, WholeColumns, 320), [.. found.Last.Select(point => new Point(point.Step, point.Value))], curve.Logged));
    }

    static async Task<List<MetricCurve>> Curves(Tx tx, RunFacts run, MetricCurves curves)
    {
        List<MetricCurve> found = [];
        foreach (var metric in run.Metrics.Where(metric => metric.Count > 1))
            if (await curves.Of(tx, run.RunId, metric.Key, PageColumns) is { } curve)
                found.Add(curve);
        return found;
    }

    static LineChart Chart(string id, MetricCurve curve, int columns, int height) =>
        new(id, curve.Key, [new(curve.Key, [.. curve.Points.Select(point => new Point(point.Step, point.Value))]) { Logged = curve.Logged }]) { Columns = columns * 4, Height = height };

    static MetricLine Line(MetricFact metric, MetricCurve? curve) => new(metric.Key, metric.Value, metric.Step,
        curve is null ? double.IsFinite(metric.Value) ? metric.Value : null : curve.Lowest, curve is null ? double.IsFinite(metric.Value) ? metric.Value : null : curve.Highest, metric.Count);

    /// <summary>MLflow's own download, which is sandboxed; a file of a logged model lies outside the run's folder and has none.</summary>
    static string? Download(RunFacts run, ArtifactFile file) =>
        ArtifactUri.PathOf(run.ArtifactUri) is { } root && file.Path.StartsWith(root + "/", StringComparison.Ordinal)
            ? $"/get-artifact?run_id={run.RunId}&path={Uri.EscapeDataString(file.Path[(root.Length + 1)..])}" : null;

    /// <summary>The path as the run's author knows it: below the run's own folder where it lies there.</summary>
    static string Below(RunFacts run, ArtifactFile file) =>
        ArtifactUri.PathOf(run.ArtifactUri) is { } root && file.Path.StartsWith(root + "/", StringComparison.Ordinal) ? file.Path[(root.Length + 1)..] : file.Path;

    static IResult Missing(string id) => Drawn.As<ErrorPage>(ErrorView.Refused(
        new(RefusalKind.NotFound, "no-such-run", $"There is no run {id}", "A run's id has 32 hex digits; its page also opens from the list of its experiment."), ("Experiments", "/experiments")), StatusCodes.Status404NotFound);

    static DateTimeOffset Moment(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms);
}
