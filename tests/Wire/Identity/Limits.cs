using System.Net;
using Assay.Server.Storage;
using Assay.Tests.Builders;

namespace Assay.Tests.Wire.Identity;

/// <summary>What one caller may ask at once: nobody takes what is others'.</summary>
public sealed class Limits(Servers servers)
{
    [Fact]
    public async Task Whoever_asks_too_much_is_told_to_wait_and_others_are_not()
    {
        await using var server = await servers.Locked(Engine.Sqlite, rateLimit: 1);
        var (greedy, other) = (await server.As("gus", "viewers"), await server.As("ann", "viewers"));
        HttpStatusCode last;
        var asked = 0;
        do
            last = (await greedy.Get("experiments/get?experiment_id=0")).Status;
        while (last is HttpStatusCode.OK && ++asked < 1000);
        last.ShouldBe(HttpStatusCode.TooManyRequests);
        asked.ShouldBeGreaterThanOrEqualTo(10);
        var refused = await greedy.Get("experiments/get?experiment_id=0");
        if (refused.Status is HttpStatusCode.TooManyRequests)
            ((string?)refused.Json["mend"]).ShouldNotBeNull().ShouldContain("log-batch");
        (await other.Get("experiments/get?experiment_id=0")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task In_local_mode_there_is_none()
    {
        await using var server = await servers.Fresh(Engine.Sqlite, o => o with { RateLimit = 1 });
        for (var i = 0; i < 50; i++)
            (await server.Given.Get("experiments/get?experiment_id=0")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Only_a_named_proxy_speaks_for_others()
    {
        await using var server = await servers.Locked(Engine.Sqlite);
        // The address from which somebody comes is only said by a proxy that we know: this one we do not.
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/assay/v1/whoami");
        request.Headers.Add("X-Forwarded-For", "203.0.113.9");
        (await server.Given.Send(request)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        var somebody = await server.As("ann", "viewers");
        using var proxied = new HttpRequestMessage(HttpMethod.Get, "/api/assay/v1/whoami");
        proxied.Headers.Add("X-Forwarded-For", "203.0.113.9");
        (await somebody.Send(proxied)).Status.ShouldBe(HttpStatusCode.OK);
    }
}
