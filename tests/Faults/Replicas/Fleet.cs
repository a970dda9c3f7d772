using System.Net;
using System.Net.Sockets;
using Assay.Tests.Builders;
using Npgsql;

namespace Assay.Tests.Faults.Replicas;

/// <summary>Servers in processes of their own on one PostgreSQL and one place of bytes, behind a real nginx.</summary>
sealed class Fleet : IAsyncDisposable
{
    readonly string root = Directory.CreateTempSubdirectory("assay fleet ").FullName;
    readonly string artifacts;
    readonly IReadOnlyDictionary<string, string> environment;
    readonly List<string> addresses = [];
    readonly List<ServerProcess> servers = [];
    readonly SemaphoreSlim one = new(1, 1);

    Fleet(string database, ObjectStore? bucket)
    {
        (Database, artifacts) = (database, bucket is null ? Path.Combine(root, "shared artifacts") : ObjectStore.NewPlace());
        environment = bucket?.Settings is { } s ? new Dictionary<string, string>
        {
            ["AWS_ENDPOINT_URL_S3"] = s.Endpoint!,
            ["AWS_REGION"] = s.Region!,
            ["AWS_ACCESS_KEY_ID"] = s.AccessKey!,
            ["AWS_SECRET_ACCESS_KEY"] = s.SecretKey!,
        } : new Dictionary<string, string>();
    }

    public string Database { get; }

    public Nginx Front { get; private set; } = null!;

    public IReadOnlyList<ServerProcess> Servers => servers;

    public static async Task<Fleet> Start(string database, int count, ObjectStore? bucket = null)
    {
        var fleet = new Fleet(database, bucket);
        for (var i = 0; i < count; i++)
        {
            // Nobody else binds here, so a restart finds its port free.
            fleet.addresses.Add($"http://127.{Random.Shared.Next(16, 250)}.{Random.Shared.Next(1, 250)}.{i + 1}:{FreePort()}");
            if (i > 0)
                ReplicaSet.GiveKey(fleet.Folder(0), fleet.Folder(i));
            fleet.servers.Add(await fleet.Run(i));
        }
        fleet.Front = await Nginx.Before(fleet.addresses);
        return fleet;
    }

    /// <summary>Kills one at once (SIGKILL) and starts it again.</summary>
    public async Task KillAndRestart(int i)
    {
        await one.WaitAsync();
        try
        {
            await servers[i].Kill();
            servers[i] = await Run(i);
        }
        finally
        {
            one.Release();
        }
    }

    /// <summary>A number from the database itself.</summary>
    public async Task<long> Count(string sql)
    {
        await using var connection = new NpgsqlConnection(Database);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return Convert.ToInt64(await command.ExecuteScalarAsync());
    }

    Task<ServerProcess> Run(int i) => ServerProcess.Start(["--listen", addresses[i], "--data", Folder(i), "--database", Database, "--artifacts", artifacts], environment);

    string Folder(int i) => Path.Combine(root, $"replica {i}");

    static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public async ValueTask DisposeAsync()
    {
        if (Front is not null)
            await Front.DisposeAsync();
        foreach (var server in servers)
            await server.DisposeAsync();
        Directory.Delete(root, recursive: true);
    }
}
