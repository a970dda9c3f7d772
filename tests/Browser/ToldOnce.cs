using System.Collections.Concurrent;
using Assay.Server.Storage;

[assembly: AssemblyFixture(typeof(Assay.Tests.Browser.ToldOnce))]

namespace Assay.Tests.Browser;

/// <summary>The story is told once on each engine, on a server of its own, for all tests that only read it.</summary>
public sealed class ToldOnce : IAsyncDisposable
{
    readonly Servers servers = new();
    readonly ConcurrentDictionary<Engine, Lazy<Task<Story>>> stories = [];

    /// <summary>The story on an engine; browsers look at one, pages are the same on both.</summary>
    public Task<Story> Story(Engine engine = Engine.Sqlite) => stories.GetOrAdd(engine, _ => new(() => Tell(engine))).Value;

    public ValueTask DisposeAsync() => servers.DisposeAsync();

    async Task<Story> Tell(Engine engine) => await Browser.Story.On(await servers.Fresh(engine));
}
