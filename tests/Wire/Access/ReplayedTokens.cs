using System.Net;
using Assay.Server.Access.Exchange;
using Assay.Server.Storage;
using Assay.Tests.Builders;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Tests.Wire.Access;

/// <summary>Each identity token is good for one exchange, wherever and however often it is sent; what it bought ends with its rule.</summary>
public sealed class ReplayedTokens(Servers servers)
{
    [Theory, BothEngines]
    public async Task A_token_is_exchanged_once_and_the_second_time_is_on_record(Engine engine)
    {
        await using var ci = await CiProvider.Start();
        await using var server = await servers.Locked(engine, new AccessText(ci.Issuer));
        var (job, again) = (Given.Name("job"), 0);
        // Without a jti the token itself is remembered, whatever its signature is turned into.
        foreach (var token in (string[])[ci.Token(("run_id", job)), ci.Token(("run_id", job), ("jti", null))])
        {
            await server.Minted(token, "log:fraud");
            foreach (var scope in (string[])["log:fraud", "submit:fraud"])
            {
                var answer = await server.Exchange(token, scope);
                (((int)answer.Status), (string?)answer.Json["error"], (string?)answer.Json["code"]).ShouldBe((400, "invalid_grant", "replayed"), answer.Text);
                again++;
            }
        }
        var ledger = (await server.Ledger($"run_id={job}")).Split('\n');
        ledger.Count(l => l.Contains("\"code\":\"replayed\"", StringComparison.Ordinal)).ShouldBe(again);
        ledger.Count(l => l.Contains("\"outcome\":\"allowed\"", StringComparison.Ordinal)).ShouldBe(2);
    }

    [Theory, BothEngines]
    public async Task Of_many_at_once_one_gets_it(Engine engine)
    {
        await using var ci = await CiProvider.Start();
        await using var server = await servers.Locked(engine, new AccessText(ci.Issuer));
        var token = ci.Token();
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => server.Exchange(token, "log:fraud")));
        answers.Count(a => a.Status is HttpStatusCode.OK).ShouldBe(1);
        answers.Count(a => a.Status is HttpStatusCode.BadRequest).ShouldBe(19);
    }

    [Fact]
    public async Task Another_replica_knows_what_was_exchanged_and_takes_what_was_minted_and_both_drop_it_with_its_rule()
    {
        await using var ci = await CiProvider.Start();
        await using var replicas = await ReplicaSet.Start(servers, 1);
        await replicas[0].Apply(new AccessText(ci.Issuer));
        await using var second = await TestServer.Start(replicas.Another());
        var token = ci.Token();
        var secret = await replicas[0].Minted(token, "log:fraud");
        ((string?)(await second.Exchange(token, "log:fraud")).Json["code"]).ShouldBe("replayed");
        var contested = ci.Token();
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => (i % 2 == 0 ? replicas[0] : second).Exchange(contested, "log:fraud")));
        answers.Count(a => a.Status is HttpStatusCode.OK).ShouldBe(1);
        var whoami = new Func<TestServer, Task<HttpStatusCode>>(async s => (await s.With(secret).Api(HttpMethod.Get, "whoami")).Status);
        (await whoami(second)).ShouldBe(HttpStatusCode.OK);
        // A change elsewhere in the policy is none of its business; one of its rule ends it, on both, at once.
        await second.Apply(new AccessText(ci.Issuer) { Evaluation = "[{role: evaluator, models: [fraud]}]" });
        (await whoami(replicas[0])).ShouldBe(HttpStatusCode.OK);
        await second.Apply(new AccessText(ci.Issuer) { Training = "[{role: trainer, experiments: ['*']}]" });
        (await whoami(replicas[0]), await whoami(second)).ShouldBe((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized));
    }

    [Theory, BothEngines]
    public async Task A_credential_ends_with_its_ten_minutes_and_with_its_rule(Engine engine)
    {
        await using var ci = await CiProvider.Start();
        var clock = new SetClock();
        await using var server = await servers.Locked(engine, new AccessText(ci.Issuer), clock);
        var old = server.With(await server.Minted(ci.Token(), "log:fraud"));
        clock.Ahead = TimeSpan.FromMinutes(9.9);
        (await old.Api(HttpMethod.Get, "whoami")).Status.ShouldBe(HttpStatusCode.OK);
        clock.Ahead = TimeSpan.FromMinutes(10.1);
        (await old.Api(HttpMethod.Get, "whoami")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        var held = server.With(await server.Minted(ci.TokenAt(clock.GetUtcNow()), "log:fraud"));
        await server.Apply(new AccessText(ci.Issuer) { TrainingClaims = ["ref_protected: 'true'", "runner_environment: github-hosted"] });
        (await held.Api(HttpMethod.Get, "whoami")).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory, BothEngines]
    public async Task What_the_token_proved_stands_under_the_jobs_origin_in_names_of_no_provider(Engine engine)
    {
        await using var ci = await CiProvider.Start();
        await using var server = await servers.Locked(engine, new AccessText(ci.Issuer));
        await server.Minted(ci.Token(("run_id", "77")), "log:fraud");
        // Another attempt of the same job adds nothing and changes nothing.
        await server.Minted(ci.Token(("run_id", "77"), ("run_attempt", "2"), ("sha", new string('b', 40))), "submit:fraud");
        var facts = await server.Services.GetRequiredService<Store>().Read(tx => OriginClaims.Of(tx, "workload:training run_id=77"), TestContext.Current.CancellationToken);
        facts!.Commit.ShouldBe(Given.Commit);
        (facts.Rule, facts.Issuer, facts.Facts["build_trigger"], facts.Facts["source_repository_identifier"]).ShouldBe(("training", ci.Issuer, "push", "67890"));
        facts.Facts["run_invocation_uri"].ShouldEndWith("/org/fraud/actions/runs/77/attempts/1");
        (await server.Services.GetRequiredService<Store>().Read(tx => OriginClaims.Of(tx, "person:ana"), TestContext.Current.CancellationToken)).ShouldBeNull();
    }

    [Fact]
    public async Task Exchanged_tokens_are_forgotten_when_nobody_would_take_them_any_more()
    {
        await using var ci = await CiProvider.Start();
        await using var server = await servers.Locked(Engine.Sqlite, new AccessText(ci.Issuer));
        var store = server.Services.GetRequiredService<Store>();
        var token = ci.Token(("exp", TimeProvider.System.GetUtcNow().AddYears(1).ToUnixTimeSeconds()));
        await server.Minted(token, "log:fraud");
        async Task<int> Swept(TimeSpan after)
        {
            var gone = 0;
            await store.Do(async tx => gone = await ExchangedTokens.Sweep(tx, TimeProvider.System.GetUtcNow() + after), TestContext.Current.CancellationToken);
            return gone;
        }
        (await Swept(TimeSpan.FromMinutes(11))).ShouldBe(0, "another server's clock may be late");
        (await Swept(TimeSpan.FromMinutes(13))).ShouldBe(1);
    }
}
