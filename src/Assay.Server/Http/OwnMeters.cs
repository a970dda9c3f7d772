using System.Diagnostics.Metrics;
using OpenTelemetry.Metrics;

namespace Assay.Server.Http;

/// <summary>
/// Meters are found by their names, in the whole process: of several servers in one, each would count the requests of all, and keep room for as many
/// time series of each (180 KB an instrument). A server tells of its own meters and of those that the process has once.
/// </summary>
static class OwnMeters
{
    public static void Only(MeterProviderBuilder metrics, IMeterFactory own) =>
        metrics.AddView(instrument => instrument.Meter.Scope is null || instrument.Meter.Scope == own ? null : MetricStreamConfiguration.Drop);
}
