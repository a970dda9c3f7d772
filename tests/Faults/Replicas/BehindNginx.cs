using System.Net;
using System.Net.Http.Json;
using Assay.Tests.Builders;

namespace Assay.Tests.Faults.Replicas;

/// <summary>Local mode's rules at the door, with nginx in front.</summary>
public sealed class BehindNginx(Servers servers)
{
    [Fact]
    public async Task The_door_sees_the_clients_own_name_and_origin_and_no_proxy()
    {
        await using var replicas = await ReplicaSet.Start(servers, 1);
        await using var named = await TestServer.Start(replicas.Another() with { Hosts = ["registry.example"] });
        await using var front = await Nginx.Before([named.Url]);
        using var client = front.Client();
        (await Answer(client, "localhost")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await Answer(client, "registry.example")).StatusCode.ShouldBe(HttpStatusCode.OK, "given with --host");
        (await Answer(client, "evil.example")).StatusCode.ShouldBe(HttpStatusCode.Forbidden, "rebinding a name does not help");
        (await Answer(client, "registry.example", ("X-Forwarded-For", "192.0.2.1"), ("Via", "1.1 other"))).StatusCode.ShouldBe(HttpStatusCode.OK, "nginx takes them away: its operator decided that");
        (await Answer(client, "registry.example", ("Origin", "http://registry.example"))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await Answer(client, "registry.example", ("Origin", "http://evil.example"))).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await Answer(client, "registry.example", ("Sec-Fetch-Site", "cross-site"))).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Large_files_stream_through_whole()
    {
        await using var replicas = await ReplicaSet.Start(servers, 2);
        await using var front = await Nginx.Before(replicas.Members.Select(r => r.Url));
        using var client = front.Client();
        var given = new Given(client);
        var run = await given.ARun();
        var bytes = new byte[20 << 20];
        Random.Shared.NextBytes(bytes);
        await Given.Ok(given.UploadBytes(run, "large.bin", bytes));
        (await client.GetByteArrayAsync($"/api/2.0/mlflow-artifacts/artifacts/{run.Root}/large.bin")).AsSpan().SequenceEqual(bytes).ShouldBeTrue();
    }

    static async Task<HttpResponseMessage> Answer(HttpClient client, string host, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/2.0/mlflow/runs/search") { Content = JsonContent.Create(new { experiment_ids = (string[])["0"] }) };
        request.Headers.Host = host;
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await client.SendAsync(request);
    }
}
