using Assay.Server;
using Assay.Server.Storage;

namespace Assay.Tests.Builders;

/// <summary>Several servers on one PostgreSQL and one artifact folder, each with a data folder of its own and the same key.</summary>
sealed class ReplicaSet : IAsyncDisposable
{
    readonly List<TestServer> members = [];

    public IReadOnlyList<TestServer> Members => members;

    public TestServer this[int i] => members[i];

    public static async Task<ReplicaSet> Start(Servers servers, int count)
    {
        var set = new ReplicaSet();
        set.members.Add(await servers.Fresh(Engine.Postgres));
        while (set.members.Count < count)
            set.members.Add(await TestServer.Start(set.Another()));
        return set;
    }

    /// <summary>Options for one more: its own folder, with the first one's key.</summary>
    public ServerOptions Another()
    {
        var (first, data) = (members[0].Options, Directory.CreateTempSubdirectory("assay replica ").FullName);
        GiveKey(first.Data, data);
        return first with { Listen = ["http://127.0.0.1:0"], Data = data, Artifacts = first.Artifacts ?? Path.Combine(first.Data, "artifacts") };
    }

    /// <summary>What an operator does: the key file of one server goes to the others.</summary>
    public static void GiveKey(string from, string to)
    {
        Directory.CreateDirectory(Path.Combine(to, "keys"));
        File.Copy(Path.Combine(from, "keys", "server.ed25519"), Path.Combine(to, "keys", "server.ed25519"), overwrite: true);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var member in members)
            await member.DisposeAsync();
    }
}
