using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Assay.Cli.Access;
using Assay.Server.Storage;
using Assay.Tests.Builders;

namespace Assay.Tests.Wire.Access;

/// <summary>What a client that knows nothing of CI's identity can do behind assay run's forwarder.</summary>
public sealed class ForwardedCommands(Servers servers)
{
    [Theory, BothEngines]
    public async Task It_logs_a_whole_run_and_registers_a_version_of_it_with_one_credential_for_each(Engine engine)
    {
        await using var job = await Job.Start(servers, engine);
        var name = Given.Name("fraud");
        var run = await job.Given.ACompleteRun(await job.Given.AnExperiment(name));
        var version = await Given.Ok(job.Given.Post("model-versions/create", new() { ["name"] = await Registered(job.Given, name), ["source"] = run.ArtifactUri + "/model", ["run_id"] = run.Id }));
        ((string?)version.Json["model_version"]!["version"]).ShouldBe("1");
        job.Ci.TokensGiven.ShouldBe(2, "one for the experiment, one for the model");
        (await job.Server.Ledger("token.exchanged")).Split('\n').Length.ShouldBe(2);
        var submitted = await Given.Ok(job.Given.Api(HttpMethod.Get, $"models/{name}/versions/1"));
        submitted.Text.ShouldContain("run_id=42");
        submitted.Text.ShouldContain("source_repository_digest");
    }

    [Fact]
    public async Task It_goes_on_when_credentials_end_asking_the_CI_anew_each_time()
    {
        var clock = new SetClock();
        await using var job = await Job.Start(servers, Engine.Sqlite, clock);
        var run = await job.Given.ARun(await job.Given.AnExperiment("hours"));
        for (var hour = 0; hour < 3; hour++)
        {
            clock.Ahead += TimeSpan.FromHours(1);
            job.Ci.Job = [("iat", clock.GetUtcNow().ToUnixTimeSeconds()), ("nbf", null), ("exp", clock.GetUtcNow().ToUnixTimeSeconds() + 300)];
            await Given.Ok(job.Given.Post("runs/log-metric", new() { ["run_id"] = run.Id, ["key"] = "loss", ["value"] = 0.5, ["timestamp"] = 1, ["step"] = hour }));
        }
        job.Ci.TokensGiven.ShouldBe(4);
        // Before its end a credential is renewed, too: eight minutes are enough.
        clock.Ahead += TimeSpan.FromMinutes(8.5);
        job.Ci.Job = [("iat", clock.GetUtcNow().ToUnixTimeSeconds()), ("nbf", null), ("exp", clock.GetUtcNow().ToUnixTimeSeconds() + 300)];
        await Given.Ok(job.Given.Upload(run, "notes.txt", "late"));
        job.Ci.TokensGiven.ShouldBe(5);
    }

    [Fact]
    public async Task Where_the_CI_writes_its_tokens_into_a_file_the_old_credential_serves_until_the_next_token_is_there()
    {
        var clock = new SetClock();
        await using var ci = await CiProvider.Start();
        await using var server = await servers.Locked(Engine.Sqlite, new AccessText(ci.Issuer), clock);
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, ci.Token(), TestContext.Current.CancellationToken);
        await using var forwarder = await Forwarder.Start(new(server.Url), new CiTokenFromFiles([file]), null, [], _ => { }, clock, TestContext.Current.CancellationToken);
        using var client = ClientOf(forwarder);
        var given = new Given(client);
        var run = await given.ARun(await given.AnExperiment("files"));
        Task<Answer> Log(string key) => given.Post("runs/log-parameter", new() { ["run_id"] = run.Id, ["key"] = key, ["value"] = "1" });
        clock.Ahead = TimeSpan.FromMinutes(8.5);
        await Given.Ok(Log("with the old one"));
        clock.Ahead = TimeSpan.FromMinutes(9);
        await File.WriteAllTextAsync(file, ci.TokenAt(clock.GetUtcNow()), TestContext.Current.CancellationToken);
        await Given.Ok(Log("with the next one"));
        clock.Ahead = TimeSpan.FromMinutes(12);
        await Given.Ok(Log("which lasts"));
        clock.Ahead = TimeSpan.FromMinutes(30);
        var without = await Log("and without one clients are told to come again");
        (without.Status, without.Text.Contains("expirationSeconds", StringComparison.Ordinal)).ShouldBe((HttpStatusCode.ServiceUnavailable, true), without.Text);
        (await server.Ledger("token.exchanged")).Split('\n').Length.ShouldBe(2);
        File.Delete(file);
    }

    [Fact]
    public async Task A_credential_that_ended_with_its_rule_is_replaced_on_the_way()
    {
        await using var job = await Job.Start(servers, Engine.Sqlite);
        var run = await job.Given.ARun(await job.Given.AnExperiment("rules"));
        await job.Server.Apply(new AccessText(job.Ci.Issuer) { TrainingClaims = ["ref_protected: 'true'", "runner_environment: github-hosted"] });
        await Given.Ok(job.Given.Post("runs/log-parameter", new() { ["run_id"] = run.Id, ["key"] = "seed", ["value"] = "7" }));
        job.Ci.TokensGiven.ShouldBe(2);
        await job.Server.Apply(new AccessText(job.Ci.Issuer));
        (await job.Given.Upload(run, "notes.txt", "a stream cannot be sent again by us")).Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        await Given.Ok(job.Given.Upload(run, "notes.txt", "but by its client"));
    }

    [Fact]
    public async Task Large_files_stream_both_ways_and_arrive_as_they_are()
    {
        await using var job = await Job.Start(servers, Engine.Sqlite);
        var run = await job.Given.ARun(await job.Given.AnExperiment("large"));
        var bytes = RandomNumberGenerator.GetBytes(48 << 20);
        await Given.Ok(job.Given.UploadBytes(run, "weights/large é.bin", bytes));
        using var answer = await job.Client.GetAsync($"/api/2.0/mlflow-artifacts/artifacts/{run.Root}/weights/large%20%C3%A9.bin", HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        SHA256.HashData(await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).ShouldBe(SHA256.HashData(bytes));
        job.Ci.TokensGiven.ShouldBe(1);
    }

    [Fact]
    public async Task Nobody_else_on_the_machine_can_use_it()
    {
        await using var job = await Job.Start(servers, Engine.Sqlite);
        new Uri(job.Forwarder.Address).Host.ShouldBe("127.0.0.1");
        foreach (var shown in (string?[])[null, "Bearer guess", "Basic " + Convert.ToBase64String("user:guess"u8), "Bearer ", job.Forwarder.Secret])
        {
            using var stranger = new HttpClient { BaseAddress = new(job.Forwarder.Address) };
            if (shown is not null)
                stranger.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", shown);
            (await stranger.GetAsync("/api/2.0/mlflow/experiments/get?experiment_id=0", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized, shown);
        }
        job.Ci.TokensGiven.ShouldBe(0);
        using var basic = new HttpClient { BaseAddress = new(job.Forwarder.Address) };
        basic.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", "Basic " + Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"any:{job.Forwarder.Secret}")));
        (await basic.GetAsync("/api/2.0/mlflow/experiments/get-by-name?experiment_name=none", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task What_the_rule_does_not_grant_is_refused_with_the_reason()
    {
        await using var job = await Job.Start(servers, Engine.Sqlite, policy: ci => new AccessText(ci) { Training = "[{role: trainer, experiments: [fraud]}]" });
        var refused = await job.Given.Post("experiments/create", new() { ["name"] = "other" });
        refused.Status.ShouldBe(HttpStatusCode.Forbidden);
        ((string?)refused.Json["error_code"]).ShouldBe("PERMISSION_DENIED");
        refused.Text.ShouldContain("log:other");
        await job.Given.AnExperiment("fraud");
    }

    [Fact]
    public async Task A_registry_in_local_mode_gets_no_credential_and_needs_none()
    {
        await using var ci = await CiProvider.Start();
        var server = await servers.On(Engine.Sqlite);
        await using var forwarder = await Start(server, ci, TimeProvider.System);
        using var client = ClientOf(forwarder);
        await new Given(client).AnExperiment();
        ci.TokensGiven.ShouldBe(0);
    }

    static async Task<string> Registered(Given given, string name)
    {
        await Given.Ok(given.Post("registered-models/create", new() { ["name"] = name }));
        return name;
    }

    static Task<Forwarder> Start(TestServer server, CiProvider ci, TimeProvider time) =>
        Forwarder.Start(new(server.Url), CiTokenSource.Find(ci.JobVariables.GetValueOrDefault)!, null, [], _ => { }, time, TestContext.Current.CancellationToken);

    static HttpClient ClientOf(Forwarder forwarder) => new() { BaseAddress = new(forwarder.Address), DefaultRequestHeaders = { Authorization = new("Bearer", forwarder.Secret) } };

    /// <summary>A CI, a locked server, and a forwarder of a job between a plain client and it.</summary>
    sealed record Job(CiProvider Ci, TestServer Server, Forwarder Forwarder, HttpClient Client) : IAsyncDisposable
    {
        public Given Given { get; } = new(Client);

        public static async Task<Job> Start(Servers servers, Engine engine, SetClock? clock = null, Func<string, AccessText>? policy = null)
        {
            var ci = await CiProvider.Start();
            var server = await servers.Locked(engine, (policy?.Invoke(ci.Issuer) ?? new AccessText(ci.Issuer)).ToString(), clock);
            var forwarder = await ForwardedCommands.Start(server, ci, clock ?? TimeProvider.System);
            return new(ci, server, forwarder, ClientOf(forwarder));
        }

        public async ValueTask DisposeAsync()
        {
            Client.Dispose();
            await Forwarder.DisposeAsync();
            await Server.DisposeAsync();
            await Ci.DisposeAsync();
        }
    }
}
