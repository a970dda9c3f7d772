using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Assay.Server.Storage;

/// <summary>
/// Work that comes round: a task every so often, for as long as the server runs. A database that is away is told of once; the next round tries again.
/// </summary>
sealed partial class Rounds(string what, TimeSpan every, Func<CancellationToken, Task> round, Func<CancellationToken, Task>? last, TimeProvider time, ILogger<Rounds> log) : BackgroundService
{
    bool told;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            using var timer = new PeriodicTimer(every, time);
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await Try(round, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops.
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (last is not null)
            await Try(last, cancellationToken);
    }

    async Task Try(Func<CancellationToken, Task> work, CancellationToken ct)
    {
        try
        {
            await work(ct);
            told = false;
        }
        catch (StoreUnavailableException e)
        {
            if (!told)
                Waiting(log, what, e.Message);
            told = true;
        }
    }

    [LoggerMessage(LogLevel.Warning, "{What} wait for the database: {Reason}")]
    static partial void Waiting(ILogger log, string what, string reason);
}

/// <summary>How a room says what it does in rounds.</summary>
public static class RoundsOfRooms
{
    /// <summary>A task of a service, every so often.</summary>
    /// <param name="services">The services of the server.</param>
    /// <param name="what">What waits when the database is away, in the plural, for the log.</param>
    /// <param name="every">The time between two rounds; the first comes after it.</param>
    /// <param name="round">The task.</param>
    /// <param name="last">What is done once more when the server stops, if anything.</param>
    public static IServiceCollection AddRounds<T>(this IServiceCollection services, string what, TimeSpan every, Func<T, CancellationToken, Task> round, Func<T, CancellationToken, Task>? last = null)
        where T : notnull =>
        // Not AddHostedService, which takes one of a type.
        services.AddSingleton<IHostedService>(s =>
        {
            var one = s.GetRequiredService<T>();
            return new Rounds(what, every, ct => round(one, ct), last is null ? null : ct => last(one, ct), s.GetRequiredService<TimeProvider>(), s.GetRequiredService<ILogger<Rounds>>());
        });
}
