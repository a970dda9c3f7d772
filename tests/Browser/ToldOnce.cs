[assembly: AssemblyFixture(typeof(Assay.Tests.Browser.ToldOnce))]

namespace Assay.Tests.Browser;

/// <summary>The story is told once, on a server of its own, for all tests that only read it.</summary>
public sealed class ToldOnce : IAsyncDisposable
{
    readonly SemaphoreSlim one = new(1, 1);
    Story? story;

    public async Task<Story> Story()
    {
        await one.WaitAsync();
        try
        {
            return story ??= await Browser.Story.On(await TestServer.Start(new() { Listen = ["http://127.0.0.1:0"], Data = Directory.CreateTempSubdirectory("assay story ").FullName }));
        }
        finally
        {
            one.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (story is not null)
            await story.Server.DisposeAsync();
    }
}
