using Microsoft.Extensions.Hosting;

namespace Assay.Server.Tracking;

/// <summary>Sees to it, before the first request, that the default experiment is there.</summary>
sealed class DefaultExperiment(Experiments experiments) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => experiments.CreateDefault(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
