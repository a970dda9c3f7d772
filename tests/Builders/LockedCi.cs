using Assay.Server.Storage;

namespace Assay.Tests.Builders;

/// <summary>A server that takes the tokens of one CI, for the tests of a class that change neither.</summary>
public sealed class LockedCi(Servers servers) : IAsyncLifetime
{
    public CiProvider Ci { get; private set; } = null!;

    public TestServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Ci = await CiProvider.Start("/tenant");
        Server = await servers.Locked(Engine.Sqlite, new AccessText(Ci.Issuer));
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await Ci.DisposeAsync();
    }
}
