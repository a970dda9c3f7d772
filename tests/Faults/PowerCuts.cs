using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Assay.Contracts;
using Assay.Server.Storage;
using Assay.Tests.Builders;

namespace Assay.Tests.Faults;

/// <summary>
/// Kills the server in the middle of uploads, batches, seals and admissions, again and again on the same data. ASSAY_POWER_CUTS says how often
/// (5 by default, so that the suite stays short; docs/performance.md quotes a run with 100).
/// </summary>
public sealed class PowerCuts(Servers servers)
{
    static readonly int Cuts = int.TryParse(Environment.GetEnvironmentVariable("ASSAY_POWER_CUTS"), out var n) ? n : 5;

    [Theory, BothEngines]
    public async Task After_a_power_cut_everything_acknowledged_is_there_and_nothing_half_written_shows(Engine engine)
    {
        var random = new Random(20261123);
        var data = Directory.CreateTempSubdirectory("assay power ").FullName;
        var database = engine is Engine.Postgres ? await servers.NewDatabase() : null;
        try
        {
            var (acknowledged, checkedRounds) = (0, 0);
            for (var cut = 0; cut < Cuts; cut++)
            {
                var work = await CutShort(data, database, random);
                await using var server = await ServerProcess.Start(data, database);
                await Check(server, work);
                acknowledged += work.Count;
                checkedRounds++;
            }
            acknowledged.ShouldBeGreaterThan(0);
            TestContext.Current.SendDiagnosticMessage($"{engine}: {checkedRounds} power cuts, {acknowledged} acknowledged writes, none lost");
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    /// <summary>Writes with several clients at once and cuts the power after so many acknowledgements; returns what was acknowledged.</summary>
    static async Task<ConcurrentQueue<Written>> CutShort(string data, string? database, Random random)
    {
        await using var server = await ServerProcess.Start(data, database);
        ConcurrentQueue<Written> acknowledged = [];
        var enough = random.Next(3, 60);
        var reached = new TaskCompletionSource();
        var clients = Enumerable.Range(0, 4).Select(_ => Write(server.Given, written =>
        {
            acknowledged.Enqueue(written);
            if (acknowledged.Count >= enough)
                reached.TrySetResult();
        })).ToList();
        await Task.WhenAny(reached.Task, Task.WhenAll(clients));
        await server.Kill();
        foreach (var client in clients)
            await client;
        return acknowledged;
    }

    static async Task Write(Given given, Action<Written> acknowledged)
    {
        try
        {
            while (true)
            {
                var run = await given.ACompleteRun(weights: Guid.NewGuid().ToString(), finish: false);
                acknowledged(new("run", run.Id, ""));
                var body = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(Guid.NewGuid().ToString(), 2000)));
                if ((await given.UploadBytes(run, "big.bin", body)).Status == HttpStatusCode.OK)
                    acknowledged(new("file", $"{run.Root}/big.bin", Digest.Of(body).ToString()));
                var points = new JsonArray([.. Enumerable.Range(0, 200).Select(i => new JsonObject { ["key"] = "loss", ["value"] = i, ["timestamp"] = i, ["step"] = i })]);
                if ((await given.Post("runs/log-batch", new() { ["run_id"] = run.Id, ["metrics"] = points })).Status == HttpStatusCode.OK)
                    acknowledged(new("batch", run.Id, "200"));
                if ((await given.End(run)).Status != HttpStatusCode.OK)
                    continue;
                var submitted = await given.Api(HttpMethod.Post, "versions", new JsonObject { ["run_id"] = run.Id, ["model"] = "cut" });
                if (submitted.Status != HttpStatusCode.Created)
                    continue;
                var digest = (string)submitted.Json["digest"]!;
                acknowledged(new("version", digest, run.Id));
                if ((await given.Api(HttpMethod.Post, $"models/cut/versions/{digest}/evidence", Given.PassedInvariants("cut", digest))).Status == HttpStatusCode.Created)
                    acknowledged(new("evidence", digest, ""));
            }
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException or IOException or ShouldAssertException)
        {
            // The power is off.
        }
    }

    static async Task Check(ServerProcess server, IEnumerable<Written> acknowledged)
    {
        foreach (var (what, key, value) in acknowledged)
        {
            switch (what)
            {
                case "run":
                    await Given.Ok(server.Given.Get($"runs/get?run_id={key}"));
                    break;
                case "file":
                    Digest.Of(await server.Http.GetByteArrayAsync("/api/2.0/mlflow-artifacts/artifacts/" + key)).ToString().ShouldBe(value);
                    break;
                case "batch":
                    (await Given.Ok(server.Given.Get($"metrics/get-history?run_id={key}&metric_key=loss"))).Json["metrics"]!.AsArray().Count.ShouldBe(int.Parse(value));
                    break;
                case "version":
                    ((string?)(await Given.Ok(server.Given.Api(HttpMethod.Get, $"models/cut/versions/{key}"))).Json["run_id"]).ShouldBe(value);
                    break;
                default:
                    (await Given.Ok(server.Given.Api(HttpMethod.Get, $"models/cut/versions/{key}/evidence"))).Json["evidence"]!.AsArray().ShouldNotBeEmpty();
                    break;
            }
        }
        await NothingHalfWritten(server);
    }

    static async Task NothingHalfWritten(ServerProcess server)
    {
        var report = (await Given.Ok(server.Given.Api(HttpMethod.Post, "ledger/verification"))).Json;
        ((bool)report["ok"]!).ShouldBeTrue(report.ToJsonString());
        var versions = await server.Given.Api(HttpMethod.Get, "models/cut/versions");
        if (versions.Status == HttpStatusCode.NotFound)
            return;
        foreach (var version in versions.Json["versions"]!.AsArray())
        {
            var digest = (string?)version!["digest"];
            digest.ShouldNotBeNull("every version here was made of a finished run, so it is sealed or it is not there");
            var whole = (await Given.Ok(server.Given.Api(HttpMethod.Get, $"models/cut/versions/{digest}"))).Json;
            whole["files"]!.AsArray().Count.ShouldBe(5);
            var facts = (await Given.Ok(server.Given.Api(HttpMethod.Get, $"models/cut/versions/{digest}/run"))).Json;
            CanonicalJson.DigestOf(facts).ToString().ShouldBe((string?)whole["seal"]);
        }
    }

    sealed record Written(string What, string Key, string Value);
}
