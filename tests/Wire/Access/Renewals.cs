using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Assay.Server.Storage;
using Assay.Tests.Builders;

namespace Assay.Tests.Wire.Access;

/// <summary>Where the CI gives one identity token for a whole job, a credential is renewed by itself: once each, as what it was, until that token ends.</summary>
public sealed class Renewals(Servers servers)
{
    [Theory, BothEngines]
    public async Task A_credential_renews_itself_until_the_identity_token_ends_and_stays_what_it_was(Engine engine)
    {
        await using var ci = await CiProvider.Start();
        var clock = new SetClock();
        await using var server = await servers.Locked(engine, new AccessText(ci.Issuer).ToString(), clock);
        var first = await server.Exchange(Hours(ci, clock, 1), "log:fraud");
        ((int?)first.Json["renewable_for"])!.Value.ShouldBeInRange(3500, 3600);
        var (secret, renewals) = ((string)first.Json["access_token"]!, 0);
        for (; ; renewals++)
        {
            clock.Ahead += TimeSpan.FromMinutes(8);
            var answer = await Renew(server, secret);
            answer.Status.ShouldBe(HttpStatusCode.OK, answer.Text);
            secret = (string)answer.Json["access_token"]!;
            if (answer.Json["renewable_for"] is null)
            {
                // The last one ends with the identity token, not ten minutes from now.
                ((int)answer.Json["expires_in"]!).ShouldBeInRange(200, 260);
                break;
            }
            ((int)answer.Json["expires_in"]!).ShouldBe(600);
        }
        renewals.ShouldBe(6);
        var who = await Given.Ok(server.With(secret).Api(HttpMethod.Get, "whoami"));
        ((string?)who.Json["principal"], (string?)who.Json["job"]).ShouldBe(("workload:training", "run_id=42"));
        await server.With(secret).AnExperiment("fraud");
        (await server.With(secret).Post("experiments/create", new() { ["name"] = "other" })).Status.ShouldBe(HttpStatusCode.Forbidden);
        Refused(await Renew(server, secret), "not-renewable");
        clock.Ahead += TimeSpan.FromMinutes(5);
        (await server.With(secret).Api(HttpMethod.Get, "whoami")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        Refused(await Renew(server, secret), "credential-ended");
        var ledger = (await server.Ledger("\"renews\"")).Split('\n');
        ledger.Count(l => l.Contains("\"outcome\":\"allowed\"", StringComparison.Ordinal)).ShouldBe(7);
        ledger.Count(l => l.Contains("\"outcome\":\"refused\"", StringComparison.Ordinal)).ShouldBe(2);
        ledger.ShouldAllBe(l => l.Contains("run_id=42", StringComparison.Ordinal) && !l.Contains("assay_job_", StringComparison.Ordinal));
    }

    [Theory, BothEngines]
    public async Task Who_renews_one_again_ends_all_that_came_of_its_identity_token(Engine engine)
    {
        await using var ci = await CiProvider.Start();
        await using var server = await servers.Locked(engine, new AccessText(ci.Issuer));
        var stolen = await server.Minted(Hours(ci, null, 1), "log:fraud");
        var other = await server.Minted(Hours(ci, null, 1), "log:fraud");
        var second = await Secret(Renew(server, stolen));
        var third = await Secret(Renew(server, second, nonce: Nonce()));
        var answer = await Renew(server, stolen);
        Refused(answer, "renewed-before");
        answer.Text.ShouldContain("revoked");
        foreach (var secret in (string[])[stolen, second, third])
            (await server.With(secret).Api(HttpMethod.Get, "whoami")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        Refused(await Renew(server, third), "credential-ended");
        (await server.With(other).Api(HttpMethod.Get, "whoami")).Status.ShouldBe(HttpStatusCode.OK, "another identity token of the same job");
        var revoked = await server.Ledger("token.revoked");
        revoked.ShouldContain("renewed-before");
        revoked.ShouldContain("workload:training");
    }

    [Theory, BothEngines]
    public async Task Of_many_renewals_at_once_at_most_one_lives_and_none_after_the_second_is_seen(Engine engine)
    {
        await using var ci = await CiProvider.Start();
        await using var server = await servers.Locked(engine, new AccessText(ci.Issuer));
        var secret = await server.Minted(Hours(ci, null, 1), "log:fraud");
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Renew(server, secret, nonce: Nonce())));
        var got = answers.Where(a => a.Status is HttpStatusCode.OK).ShouldHaveSingleItem();
        (await server.With((string)got.Json["access_token"]!).Api(HttpMethod.Get, "whoami")).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory, BothEngines]
    public async Task A_renewal_whose_answer_was_lost_is_given_again_to_who_asked_first(Engine engine)
    {
        await using var ci = await CiProvider.Start();
        await using var server = await servers.Locked(engine, new AccessText(ci.Issuer));
        var (secret, nonce) = (await server.Minted(Hours(ci, null, 1), "log:fraud"), Nonce());
        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Secret(Renew(server, secret, nonce: nonce))));
        answers.Distinct().ShouldHaveSingleItem();
        (await server.With(answers[0]).Api(HttpMethod.Get, "whoami")).Status.ShouldBe(HttpStatusCode.OK);
        (await server.Ledger("\"renews\"")).Split('\n').Length.ShouldBe(1);
        Refused(await Renew(server, secret, nonce: Nonce()), "renewed-before");
        Refused(await Renew(server, secret, nonce: nonce), "renewed-before");
        ((string?)(await Renew(server, secret, nonce: "short")).Json["error"]).ShouldBe("invalid_request");
    }

    [Fact]
    public async Task Two_replicas_agree_on_what_was_renewed_and_what_was_revoked()
    {
        await using var ci = await CiProvider.Start();
        await using var replicas = await ReplicaSet.Start(servers, 1);
        await replicas[0].Apply(new AccessText(ci.Issuer));
        await using var second = await TestServer.Start(replicas.Another());
        var first = await replicas[0].Minted(Hours(ci, null, 1), "log:fraud");
        var next = await Secret(Renew(second, first));
        (await replicas[0].With(next).Api(HttpMethod.Get, "whoami")).Status.ShouldBe(HttpStatusCode.OK);
        Refused(await Renew(replicas[0], first), "renewed-before");
        (await second.With(next).Api(HttpMethod.Get, "whoami")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        // One chain grows on one server while the other sees a replay of it: whoever is first, nothing of it lives on.
        for (var round = 0; round < 10; round++)
        {
            var old = await replicas[0].Minted(Hours(ci, null, 1), "log:fraud");
            var held = await Secret(Renew(replicas[0], old));
            var both = await Task.WhenAll(Renew(second, held), Renew(replicas[0], old));
            Refused(both[1], "renewed-before");
            if ((string?)both[0].Json["access_token"] is { } grown)
                (await second.With(grown).Api(HttpMethod.Get, "whoami")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        }
    }

    [Theory, BothEngines]
    public async Task It_ends_with_its_rule_and_stays_ended_when_the_rule_comes_back(Engine engine)
    {
        await using var ci = await CiProvider.Start();
        await using var server = await servers.Locked(engine, new AccessText(ci.Issuer));
        var secret = await server.Minted(Hours(ci, null, 1), "log:fraud");
        await server.Apply(new AccessText(ci.Issuer) { Training = "[{role: trainer, experiments: ['*']}]" });
        Refused(await Renew(server, secret), "credential-ended");
        await server.Apply(new AccessText(ci.Issuer));
        Refused(await Renew(server, secret), "credential-ended");
        (await server.With(secret).Api(HttpMethod.Get, "whoami")).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory, BothEngines]
    public async Task It_never_becomes_another_scope_and_nothing_but_a_jobs_credential_is_renewed(Engine engine)
    {
        await using var ci = await CiProvider.Start();
        await using var server = await servers.Locked(engine, new AccessText(ci.Issuer));
        var secret = await server.Minted(Hours(ci, null, 1), "log:fraud");
        foreach (var scope in (string[])["submit:fraud", "log:other", "attest:heldout:fraud"])
            Refused(await Renew(server, secret, scope), "other-scope", "invalid_scope");
        Refused(await Renew(server, await server.TokenOf("ann", ["viewers"])), "unknown-credential");
        Refused(await Renew(server, "assay_job_" + new string('0', 64)), "unknown-credential");
        Refused(await Renew(server, Hours(ci, null, 1)), "unknown-credential");
        // What GitHub gives ends before our credential does: there is nothing to renew.
        var github = await server.Exchange(ci.Token(), "log:fraud");
        github.Json["renewable_for"].ShouldBeNull();
        Refused(await Renew(server, (string)github.Json["access_token"]!), "not-renewable");
        await Secret(Renew(server, secret));
    }

    [Fact]
    public async Task A_rule_says_how_long_its_jobs_may_renew_and_zero_is_never()
    {
        await using var ci = await CiProvider.Start();
        await using var server = await servers.Locked(Engine.Sqlite, new AccessText(ci.Issuer));
        ((int?)(await server.Exchange(Hours(ci, null, 500), "log:fraud")).Json["renewable_for"])!.Value.ShouldBeInRange(86_000, 86_400);
        foreach (var (renew, most) in ((string, int?)[])[("0s", null), ("2h", 7200), ("31d", 500 * 3600)])
        {
            await server.Apply(Renewing(ci, renew));
            var answer = await server.Exchange(Hours(ci, null, 500), "log:fraud");
            ((int?)answer.Json["renewable_for"] is { } got ? (int?)Math.Round(got / 60.0) * 60 : null).ShouldBe(most, renew);
        }
    }

    [Fact]
    public async Task A_job_ends_its_own_credentials_and_an_administrator_anybodys_but_no_other_job()
    {
        await using var ci = await CiProvider.Start();
        await using var server = await servers.Locked(Engine.Sqlite, new AccessText(ci.Issuer));
        var first = await server.Minted(Hours(ci, null, 1), "log:fraud");
        var next = await Secret(Renew(server, first));
        var id = ((string)(await server.With(first).Api(HttpMethod.Get, "whoami")).Json["credential"]!)["token:".Length..];
        var stranger = await server.Job(ci, "log:fraud", ("run_id", "43"));
        (await stranger.Api(HttpMethod.Delete, $"tokens/{id}")).ShouldBeRefused(404, "no-such-token");
        await Given.Ok(server.With(next).Api(HttpMethod.Delete, $"tokens/{id}"), HttpStatusCode.NoContent);
        foreach (var secret in (string[])[first, next])
            (await server.With(secret).Api(HttpMethod.Get, "whoami")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        var (root, held) = (await server.As("root"), await server.Minted(Hours(ci, null, 1), "log:fraud"));
        var held2 = await Secret(Renew(server, held));
        id = ((string)(await server.With(held).Api(HttpMethod.Get, "whoami")).Json["credential"]!)["token:".Length..];
        await Given.Ok(root.Api(HttpMethod.Delete, $"tokens/{id}"), HttpStatusCode.NoContent);
        (await server.With(held2).Api(HttpMethod.Get, "whoami")).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    static AccessText Renewing(CiProvider ci, string renew) => new(ci.Issuer) { Training = $"[{{role: trainer, experiments: ['*']}}]\n    renew: {renew}" };

    /// <summary>As GitLab makes them: good for as long as the job may run.</summary>
    internal static string Hours(CiProvider ci, SetClock? clock, int hours)
    {
        var now = (clock ?? TimeProvider.System).GetUtcNow();
        return ci.TokenAt(now, ("exp", now.AddHours(hours).ToUnixTimeSeconds()));
    }

    static string Nonce() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    static void Refused(Answer answer, string code, string error = "invalid_grant") =>
        ((int)answer.Status, (string?)answer.Json["error"], (string?)answer.Json["code"]).ShouldBe((400, error, code), answer.Text);

    static async Task<string> Secret(Task<Answer> answer) => (string)(await Given.Ok(answer)).Json["access_token"]!;

    static Task<Answer> Renew(TestServer server, string secret, string scope = "log:fraud", string? nonce = null)
    {
        var fields = new JsonObject
        {
            ["grant_type"] = "urn:ietf:params:oauth:grant-type:token-exchange",
            ["subject_token"] = secret,
            ["subject_token_type"] = "urn:ietf:params:oauth:token-type:access_token",
            ["scope"] = scope,
        };
        if (nonce is not null)
            fields["nonce"] = nonce;
        return server.Given.Send(new(HttpMethod.Post, "/oidc/exchange") { Content = new StringContent(fields.ToJsonString(), System.Text.Encoding.UTF8, "application/json") });
    }
}
