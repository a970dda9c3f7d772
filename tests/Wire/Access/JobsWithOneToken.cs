using System.Net;
using Assay.Cli.Access;
using Assay.Server.Storage;
using Assay.Tests.Builders;

namespace Assay.Tests.Wire.Access;

/// <summary>A job of GitLab: identity tokens in variables, made when it started, and no others later.</summary>
public sealed class JobsWithOneToken(Servers servers)
{
    [Theory, BothEngines]
    public async Task It_logs_for_hours_and_submits_at_the_end_though_the_command_is_silent_in_between(Engine engine)
    {
        await using var job = await Job.Start(servers, engine, 2);
        await job.Kept.Look(TestContext.Current.CancellationToken);
        await using var forwarder = await job.Forwarder();
        using var client = ClientOf(forwarder);
        var given = new Given(client);
        var run = await given.ARun(await given.AnExperiment("fraud"));
        for (var step = 0; step < 30; step++)
        {
            job.Clock.Ahead += TimeSpan.FromMinutes(9);
            // What nothing asks for is renewed too.
            await job.Kept.Look(TestContext.Current.CancellationToken);
            await Given.Ok(given.Post("runs/log-metric", new() { ["run_id"] = run.Id, ["key"] = "loss", ["value"] = 0.5, ["timestamp"] = 1, ["step"] = step }));
        }
        (await job.Tokens.For("submit:fraud", TestContext.Current.CancellationToken)).ExpiresAt.ShouldBeGreaterThan(job.Clock.GetUtcNow());
        job.Notes.ShouldBeEmpty();
        (await job.Server.Ledger("token.exchanged")).ShouldNotContain("refused");
    }

    [Fact]
    public async Task One_that_the_registry_revoked_is_replaced_by_another_token_while_there_is_one_and_then_says_why_not()
    {
        await using var job = await Job.Start(servers, Engine.Sqlite, 2, scopes: []);
        var ct = TestContext.Current.CancellationToken;
        var first = await job.Tokens.For("log:fraud", ct);
        await job.Login.Renew(first, new string('t', 43), ct);
        job.Clock.Ahead = TimeSpan.FromMinutes(8.5);
        var second = await job.Tokens.For("log:fraud", ct);
        (await job.Server.With(second.Secret).Api(HttpMethod.Get, "whoami")).Status.ShouldBe(HttpStatusCode.OK, "by the second identity token");
        await job.Login.Renew(second, new string('t', 43), ct);
        job.Clock.Ahead = TimeSpan.FromMinutes(17);
        (await Should.ThrowAsync<ExchangeException>(() => job.Tokens.For("log:fraud", ct))).Refusal.Code.ShouldBe("renewed-before");
    }

    [Fact]
    public async Task What_a_command_leaves_behind_is_ended()
    {
        await using var job = await Job.Start(servers, Engine.Sqlite, 1, scopes: []);
        var token = await job.Tokens.For("log:fraud", TestContext.Current.CancellationToken);
        await job.Tokens.End(TestContext.Current.CancellationToken);
        (await job.Server.With(token.Secret).Api(HttpMethod.Get, "whoami")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await job.Server.Ledger("token.revoked")).ShouldContain("workload:training");
    }

    [Fact]
    public async Task What_is_not_granted_is_said_once_and_not_asked_for_again()
    {
        await using var job = await Job.Start(servers, Engine.Sqlite, 3, ["attest:heldout:fraud", "log:fraud"]);
        await job.Kept.Look(TestContext.Current.CancellationToken);
        await job.Kept.Look(TestContext.Current.CancellationToken);
        job.Notes.ShouldHaveSingleItem().ShouldContain("attest:heldout:fraud");
        job.Tokens.Alive.ShouldBe(["log:fraud"]);
    }

    static HttpClient ClientOf(Forwarder forwarder) => new() { BaseAddress = new(forwarder.Address), DefaultRequestHeaders = { Authorization = new("Bearer", forwarder.Secret) } };

    /// <summary>A job that may run for ten hours, with as many identity tokens as it declared.</summary>
    sealed record Job(CiProvider Ci, TestServer Server, SetClock Clock, CiLogin Login, ExchangedTokens Tokens, KeptCredentials Kept, List<string> Notes) : IAsyncDisposable
    {
        public static async Task<Job> Start(Servers servers, Engine engine, int tokens, string[]? scopes = null)
        {
            var (ci, clock) = (await CiProvider.Start(), new SetClock());
            var server = await servers.Locked(engine, new AccessText(ci.Issuer).ToString(), clock);
            var notes = new List<string>();
            var login = new CiLogin(new(server.Url), Source(ci, tokens), clock);
            var held = new ExchangedTokens(login, clock);
            return new(ci, server, clock, login, held, new(login, held, scopes ?? ["log:fraud", "submit:fraud"], notes.Add), notes);
        }

        public Task<Forwarder> Forwarder() => Assay.Cli.Access.Forwarder.Start(new(Server.Url), Source(Ci, 1), null, [], Notes.Add, Clock, TestContext.Current.CancellationToken);

        static CiTokenSource Source(CiProvider ci, int tokens) => new CiTokenFromVariables([.. Enumerable.Range(0, tokens).Select(_ => Renewals.Hours(ci, null, 10))]);

        public async ValueTask DisposeAsync()
        {
            Login.Dispose();
            await Server.DisposeAsync();
            await Ci.DisposeAsync();
        }
    }
}
