using Microsoft.Extensions.DependencyInjection;

namespace Assay.Server.Events;

internal static class EventsRoom
{
    public static IServiceCollection AddEvents(this IServiceCollection services) => services
        .AddSingleton<OutboxBell>()
        .AddSingleton<Outbox>()
        .AddSingleton<Dispatcher>()
        .AddHostedService(s => s.GetRequiredService<Dispatcher>());

    /// <summary>Adds a subscriber.</summary>
    public static IServiceCollection Subscribes<TSubscriber>(this IServiceCollection services) where TSubscriber : class, ISubscriber =>
        services.AddSingleton<ISubscriber, TSubscriber>();
}
