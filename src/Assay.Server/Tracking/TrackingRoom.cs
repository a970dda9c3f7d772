using Microsoft.Extensions.DependencyInjection;

namespace Assay.Server.Tracking;

/// <summary>Experiments, runs, metrics, params, tags, inputs and logged models.</summary>
internal static class TrackingRoom
{
    public static IServiceCollection AddTracking(this IServiceCollection services) => services
        .AddSingleton<RunWrites>()
        .AddSingleton<RunSeals>()
        .AddSingleton<RunReader>()
        .AddSingleton<Experiments>()
        .AddSingleton<Runs>()
        .AddSingleton<RunTags>()
        .AddSingleton<RunLog>()
        .AddSingleton<RunInputs>()
        .AddSingleton<LoggedModels>()
        .AddSingleton<RunSearch>()
        .AddSingleton<ExperimentSearch>()
        .AddSingleton<LoggedModelSearch>()
        .AddSingleton<MetricHistory>()
        .AddSingleton<ImportedRuns>()
        .AddSingleton<ImportedModels>()
        .AddSingleton<DatasetSearch>()
        .AddSingleton<MetricCurves>()
        .AddSingleton<Identity.IScopes, TrackingScopes>()
        .AddHostedService<DefaultExperiment>();
}
