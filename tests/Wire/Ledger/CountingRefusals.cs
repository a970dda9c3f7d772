using System.Text.Json.Nodes;
using Assay.Server.Ledger;
using Assay.Server.Storage;
using Assay.Tests.Builders;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Tests.Wire.Ledger;

/// <summary>Callers whom nobody knows cannot grow the ledger from outside.</summary>
public sealed class CountingRefusals(Servers servers)
{
    sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 11, 23, 12, 0, 30, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }

    [Theory, BothEngines]
    public async Task One_entry_for_an_address_and_minute_however_many_calls(Engine engine)
    {
        var (counter, clock, told) = await Counter(engine);
        for (var i = 0; i < 1000; i++)
            counter.Count("192.0.2.7", "POST /versions", i % 2 == 0 ? "no-token" : "unknown-token");
        counter.Count("192.0.2.8", "GET /models", "no-token");
        await counter.Flush(all: false, default);
        (await told()).ShouldBeEmpty("the minute is not over");
        clock.Now += TimeSpan.FromMinutes(1);
        counter.Count("192.0.2.7", "GET /models", "no-token");
        await counter.Flush(all: false, default);
        var entries = await told();
        entries.Count.ShouldBe(2);
        var busy = entries.Single(e => (string?)e["address"] == "192.0.2.7");
        ((long)busy["count"]!).ShouldBe(1000);
        ((long)busy["refused"]!["POST /versions no-token"]!).ShouldBe(500);
        ((string?)busy["minute"]).ShouldBe("2026-11-23T12:00Z");
        await counter.Flush(all: true, default);
        (await told()).Count.ShouldBe(3, "at its end the server writes what it has");
    }

    [Theory, BothEngines]
    public async Task Many_addresses_and_many_reasons_are_counted_together(Engine engine)
    {
        var (counter, _, told) = await Counter(engine);
        for (var i = 0; i < 5000; i++)
            counter.Count($"10.0.{i / 250}.{i % 250}", $"GET /path-{i}", "no-token");
        for (var i = 0; i < 100; i++)
            counter.Count("10.0.0.0", $"GET /other-{i}", "no-token");
        await counter.Flush(all: true, default);
        var entries = await told();
        entries.Count.ShouldBe(RefusalCounter.MostAddresses + 1);
        entries.Sum(e => (long)e["count"]!).ShouldBe(5100, "none is lost");
        entries.ShouldAllBe(e => e["refused"]!.AsObject().Count <= RefusalCounter.MostReasons + 1);
    }

    [Theory, BothEngines]
    public async Task A_network_of_addresses_is_one(Engine engine)
    {
        var (counter, _, told) = await Counter(engine);
        counter.Count("2001:db8:1:2:3:4:5:6", "GET /", "no-token");
        counter.Count("2001:db8:1:2::9", "GET /", "no-token");
        counter.Count("::ffff:192.0.2.7", "GET /", "no-token");
        counter.Count("192.0.2.7", "GET /", "no-token");
        await counter.Flush(all: true, default);
        (await told()).Select(e => $"{e["address"]} {e["count"]}").Order().ShouldBe(["192.0.2.7 2", "2001:db8:1:2::/64 2"]);
    }

    [Theory, BothEngines]
    public async Task What_was_counted_is_written_when_the_server_stops(Engine engine)
    {
        var server = await servers.Fresh(engine);
        server.Services.GetRequiredService<RefusalCounter>().Count("192.0.2.7", "GET /", "no-token");
        var again = await server.Restart();
        (await Told(again)).Count.ShouldBe(1);
        await again.DisposeAsync();
    }

    [Theory, BothEngines]
    public async Task Who_is_sent_to_sign_in_is_not_refused_and_whoever_asks_as_a_program_is(Engine engine)
    {
        var server = await servers.Locked(engine);
        async Task<int> Visit(string path, string accept)
        {
            using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new(server.Url) };
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.TryAddWithoutValidation("Accept", accept);
            using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
            return (int)answer.StatusCode;
        }
        foreach (var page in (string[])["/", "/models", "/ledger", "/models/fraud"])
            (await Visit(page, "text/html,application/xhtml+xml")).ShouldBe(302, page);
        (await Visit("/api/assay/v1/models", "application/json")).ShouldBe(401);
        var again = await server.Restart();
        var told = (await Told(again)).ShouldHaveSingleItem();
        ((long)told["count"]!).ShouldBe(1, told.ToJsonString());
        await again.DisposeAsync();
    }

    async Task<(RefusalCounter Counter, Clock Clock, Func<Task<List<JsonNode>>> Told)> Counter(Engine engine)
    {
        var server = await servers.Fresh(engine);
        var clock = new Clock();
        return (new(server.Services.GetRequiredService<Store>(), server.Services.GetRequiredService<LedgerWriter>(), clock), clock, () => Told(server));
    }

    static Task<List<JsonNode>> Told(TestServer server) => server.Services.GetRequiredService<Store>().All(
        new Query<JsonNode>("SELECT body FROM ledger_entry WHERE action = 'access.refused' AND outcome = 'refused' ORDER BY id", r => JsonNode.Parse(r.Bytes(0))!["detail"]!), default);
}
