using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Assay.Contracts;
using Assay.Tests.Builders;

namespace Assay.Tests.Faults.Replicas;

/// <summary>What clients do through the front, over and over, and what must be true of it afterwards: each thing once, none missing.</summary>
sealed class Workload : IDisposable
{
    const int Points = 200;
    readonly Fleet fleet;
    readonly HttpClient http;
    readonly Given given;
    readonly ConcurrentQueue<Cycle> done = [];
    readonly Channel<bool> steps = Channel.CreateUnbounded<bool>();
    volatile bool enough;

    /// <summary>One cycle, every part of it acknowledged.</summary>
    sealed record Cycle(string Model, LoggedRun Run, string Digest, byte[] File);

    public Workload(Fleet fleet)
    {
        this.fleet = fleet;
        http = fleet.Front.Client(Client);
        given = new(http);
    }

    public Persistent Client { get; } = new();

    /// <summary>Lets so many clients work while <paramref name="meanwhile"/> runs; each ends the cycle that it is in.</summary>
    public async Task Run(int clients, Func<Task> meanwhile)
    {
        var working = Enumerable.Range(0, clients).Select(i => Task.Run(() => Work($"model-{i}"))).ToList();
        try
        {
            await meanwhile();
        }
        finally
        {
            enough = true;
            await Task.WhenAll(working);
        }
    }

    /// <summary>Waits until so many more calls were acknowledged.</summary>
    public async Task Acknowledged(int calls)
    {
        for (var i = 0; i < calls; i++)
            await steps.Reader.ReadAsync();
    }

    async Task Work(string model)
    {
        try
        {
            while (!enough)
                done.Enqueue(await Cycled(model));
        }
        finally
        {
            if (!enough)
                steps.Writer.TryComplete(new InvalidOperationException("a client gave up"));
        }
    }

    async Task<Cycle> Cycled(string model)
    {
        var file = RandomNumberGenerator.GetBytes(100_000);
        var run = await given.ACompleteRun("0", weights: Guid.NewGuid().ToString(), finish: false);
        Step();
        await Given.Ok(given.Post("runs/log-batch", new() { ["run_id"] = run.Id, ["metrics"] = new JsonArray([.. Enumerable.Range(0, Points).Select(i => new JsonObject { ["key"] = "loss", ["value"] = i, ["timestamp"] = i, ["step"] = i })]) }));
        Step();
        await Given.Ok(given.UploadBytes(run, "big.bin", file));
        Step();
        await Given.Ok(given.End(run));
        Step();
        var digest = (string)(await Given.Ok(given.Api(HttpMethod.Post, "versions", new JsonObject { ["run_id"] = run.Id, ["model"] = model }), HttpStatusCode.Created)).Json["digest"]!;
        Step();
        await Given.Ok(given.Api(HttpMethod.Post, $"models/{model}/versions/{digest}/evidence", Given.PassedInvariants(model, digest)), HttpStatusCode.Created);
        Step();
        await Given.Ok(given.Api(HttpMethod.Post, "promotions/approvals", new JsonObject { ["model"] = model, ["digest"] = digest, ["environment"] = "production" }));
        Step();
        await Given.Ok(given.Api(HttpMethod.Post, "deployments", new JsonObject { ["environment"] = "production", ["model"] = model, ["slot"] = "primary", ["digest"] = digest, ["status"] = "deployed" }), HttpStatusCode.Created);
        Step();
        return new(model, run, digest, file);
    }

    void Step() => steps.Writer.TryWrite(true);

    /// <summary>Everything acknowledged is there, through every server; nothing is there twice; one ledger without a gap; every event delivered.</summary>
    public async Task Check()
    {
        var cycles = done.ToList();
        cycles.ShouldNotBeEmpty();
        TestContext.Current.TestOutputHelper?.WriteLine($"{cycles.Count} cycles, {Client.Repeated} calls sent again, {Client.Replayed} answered as before");
        (await fleet.Count("SELECT COUNT(*) FROM tracking_run")).ShouldBe(cycles.Count, "a run for each that was made");
        (await fleet.Count("SELECT COUNT(*) FROM registry_version")).ShouldBe(cycles.Count, "a version for each that was submitted");
        (await fleet.Count("SELECT COUNT(*) FROM promotions_promotion")).ShouldBe(cycles.Count, "a promotion for each that was approved");
        (await fleet.Count("SELECT COUNT(*) FROM deployments_report")).ShouldBe(cycles.Count, "a report for each deployment");
        foreach (var (cycle, i) in cycles.Select((c, i) => (c, i)))
        {
            var server = fleet.Servers[i % fleet.Servers.Count];
            (await Given.Ok(server.Given.Get($"metrics/get-history?run_id={cycle.Run.Id}&metric_key=loss"))).Json["metrics"]!.AsArray().Count.ShouldBe(Points);
            Digest.Of(await server.Http.GetByteArrayAsync($"/api/2.0/mlflow-artifacts/artifacts/{cycle.Run.Root}/big.bin")).ShouldBe(Digest.Of(cycle.File));
            ((string?)(await Given.Ok(server.Given.Api(HttpMethod.Get, $"models/{cycle.Model}/versions/{cycle.Digest}"))).Json["run_id"]).ShouldBe(cycle.Run.Id);
        }
        await Until.True(async () => await fleet.Count("SELECT COUNT(*) FROM events_outbox") == 0, "every event is delivered");
        await Until.True(async () => await fleet.Count("SELECT COUNT(*) FROM ledger_entry WHERE seq IS NULL") == 0, "every entry is numbered");
        (await fleet.Count("SELECT COUNT(*) FROM ledger_entry WHERE action = 'version.sealed'")).ShouldBe(cycles.Count, "an entry for each version");
        (await fleet.Count("SELECT COUNT(*) FROM ledger_entry WHERE action = 'promotion.approved'")).ShouldBe(cycles.Count, "an entry for each approval");
        (await fleet.Count("SELECT MAX(seq) + 1 - COUNT(*) FROM ledger_entry")).ShouldBe(0, "no gap");
        foreach (var server in fleet.Servers)
        {
            var report = (await Given.Ok(server.Given.Api(HttpMethod.Post, "ledger/verification"))).Json;
            ((bool)report["ok"]!).ShouldBeTrue(report.ToJsonString());
        }
    }

    public void Dispose() => http.Dispose();
}
