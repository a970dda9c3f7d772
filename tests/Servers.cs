using System.Collections.Concurrent;
using System.Reflection;
using Assay.Server;
using Assay.Server.Storage;
using Microsoft.Extensions.Logging;
using Xunit.v3;

[assembly: AssemblyFixture(typeof(Assay.Tests.Servers))]
[assembly: Assay.Tests.EndsServers]

namespace Assay.Tests;

/// <summary>Real servers for tests: one shared by all tests of an engine (use names of your own in it), or a fresh one.</summary>
public sealed class Servers : IAsyncDisposable
{
    readonly SemaphoreSlim one = new(1, 1);
    readonly Dictionary<Engine, TestServer> shared = [];
    readonly ConcurrentDictionary<string, ConcurrentBag<TestServer>> fresh = [];
    readonly ConcurrentBag<Task> ending = [];
    readonly Dictionary<Keeping, TestServer> keeping = [];
    Postgres? postgres;
    ObjectStore? bucket;

    /// <summary>The shared server of an engine. Others write to it at the same time: choose unique names.</summary>
    public async Task<TestServer> On(Engine engine)
    {
        await one.WaitAsync();
        try
        {
            if (!shared.TryGetValue(engine, out var server))
                shared[engine] = server = await Start(engine, o => o);
            return server;
        }
        finally
        {
            one.Release();
        }
    }

    /// <summary>The shared server that keeps its bytes there.</summary>
    public async Task<TestServer> On(Keeping where)
    {
        await one.WaitAsync();
        try
        {
            if (!keeping.TryGetValue(where, out var server))
                keeping[where] = server = await Start(Engine.Sqlite, o => o.In(where, bucket), where);
            return server;
        }
        finally
        {
            one.Release();
        }
    }

    /// <summary>A server of its own, empty. It ends with the test that asked for it; a fixture's, which serves many, with all.</summary>
    public async Task<TestServer> Fresh(Engine engine, Func<ServerOptions, ServerOptions>? with = null, Keeping where = Keeping.Folder, TimeProvider? time = null)
    {
        await one.WaitAsync();
        try
        {
            var server = await Start(engine, o => (with ?? (p => p))(o.In(where, bucket)), where, time);
            fresh.GetOrAdd(TestContext.Current.Test?.UniqueID ?? "", _ => []).Add(server);
            return server;
        }
        finally
        {
            one.Release();
        }
    }

    /// <summary>Ends the servers of a test, if there are any, beside the tests that follow.</summary>
    public void End(string test)
    {
        if (fresh.TryRemove(test, out var servers))
            foreach (var server in servers)
                ending.Add(server.DisposeAsync().AsTask());
    }

    async Task<TestServer> Start(Engine engine, Func<ServerOptions, ServerOptions> with, Keeping where = Keeping.Folder, TimeProvider? time = null)
    {
        if (where is Keeping.Bucket)
            bucket ??= await ObjectStore.Start();
        var data = Directory.CreateTempSubdirectory("assay test ").FullName;
        var options = new ServerOptions { Listen = ["http://127.0.0.1:0"], Data = data, Database = engine is Engine.Postgres ? await NewDatabase() : null };
        return await TestServer.Start(with(options), time);
    }

    /// <summary>A new, empty database on the tests' PostgreSQL.</summary>
    public async Task<string> NewDatabase() => await (postgres ??= await Postgres.Start()).NewDatabase();

    /// <summary>The object store of this run.</summary>
    public async Task<ObjectStore> Bucket()
    {
        await one.WaitAsync();
        try
        {
            return bucket ??= await ObjectStore.Start();
        }
        finally
        {
            one.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in fresh.Values.SelectMany(s => s).Concat(shared.Values).Concat(keeping.Values))
            await server.DisposeAsync();
        await Task.WhenAll(ending);
        if (postgres is not null)
            await postgres.DisposeAsync();
        if (bucket is not null)
            await bucket.DisposeAsync();
    }
}

/// <summary>
/// After each test its servers end. One that is left running looks at its database several times a second until the whole program ends, and a hundred
/// of them are most of its memory.
/// </summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class EndsServersAttribute : BeforeAfterTestAttribute
{
    public override void After(MethodInfo methodUnderTest, IXunitTest test) => _ = End(test.UniqueID);

    static async Task End(string test) => (await TestContext.Current.GetFixture<Servers>())?.End(test);
}

/// <summary>A started server in this process, and a client for it.</summary>
public sealed class TestServer : IAsyncDisposable
{
    RunningServer? running;
    Task? disposed;

    TestServer(RunningServer running, ServerOptions options)
    {
        (this.running, Options) = (running, options with { Listen = [.. running.Addresses] });
        Url = running.Addresses[0];
        Http = new() { BaseAddress = new(Url) };
        Given = new(Http);
    }

    public string Url { get; }

    public HttpClient Http { get; }

    /// <summary>What a training script and CI do.</summary>
    public Builders.Given Given { get; }

    /// <summary>What it was started with, so that another can be started on the same data.</summary>
    public ServerOptions Options { get; }

    internal IServiceProvider Services => running!.Services;

    /// <summary>Does something to the database behind the server's back.</summary>
    public Task Write(string sql) => ((Store)Services.GetService(typeof(Store))!).Do(tx => tx.Execute(sql), TestContext.Current.CancellationToken);

    public static async Task<TestServer> Start(ServerOptions options, TimeProvider? time = null) =>
        new(await RunningServer.Start(options, time ?? TimeProvider.System, LogLevel.Warning, TestContext.Current.CancellationToken), options);

    /// <summary>Stops it and starts another on the same data and address.</summary>
    public async Task<TestServer> Restart()
    {
        await Stop();
        return await Start(Options);
    }

    public async Task Stop()
    {
        if (running is { } was)
        {
            running = null;
            await was.DisposeAsync();
        }
    }

    /// <summary>Stops it and takes its folder away. May be asked for more than once.</summary>
    public async ValueTask DisposeAsync() => await (disposed ??= Dispose());

    async Task Dispose()
    {
        await Stop();
        Http.Dispose();
        if (Directory.Exists(Options.Data))
            Directory.Delete(Options.Data, recursive: true);
    }
}
