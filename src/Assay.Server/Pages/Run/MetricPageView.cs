using Assay.Plots;

namespace Assay.Server.Pages.Run;

/// <summary>One metric of one run over the whole width.</summary>
/// <param name="RunId">The run.</param>
/// <param name="RunName">Its name.</param>
/// <param name="Key">The metric.</param>
/// <param name="Chart">The chart.</param>
/// <param name="Rows">The last points, last first.</param>
/// <param name="Points">How many points there are.</param>
public sealed record MetricPageView(string RunId, string RunName, string Key, LineChart Chart, IReadOnlyList<Point> Rows, long Points);
