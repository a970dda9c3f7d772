using System.Net;
using System.Text.Json.Nodes;
using Assay.Server.Access.Policy;
using Assay.Server.Access.Tokens;
using Assay.Server.Storage;
using Assay.Tests.Builders;

namespace Assay.Tests.Wire.Identity;

/// <summary>Only CI pushes, and only what CI wrote: the two locks that hold together (identity.md, origin).</summary>
public sealed class OnlyCi(Servers servers)
{
    const string Policy = """
        apiVersion: assay/v1
        kind: AccessPolicy
        metadata: {name: main}
        audience: http://127.0.0.1:5000
        issuers:
          - {name: github, issuer: https://token.actions.githubusercontent.com}
        sign_in: {issuer: http://127.0.0.1:9, client_id: assay}
        workloads:
          - name: fraud-training
            issuer: github
            claims: {repository_owner_id: "1", repository_id: "2", repository: acme/fraud, ref_protected: "true"}
            may: [{role: trainer, experiments: ["fraud-*"]}, {role: submitter, models: [fraud]}]
          - name: fraud-evaluation
            issuer: github
            claims: {repository_owner_id: "1", repository_id: "3", repository: acme/fraud-eval, ref_protected: "true"}
            may: [{role: evaluator, models: [fraud], kinds: [invariants, heldout]}, {role: viewer, models: [fraud]}]
        people:
          - {group: team, may: [{role: viewer}, {role: trainer}, {role: submitter, models: ["*"]}, {role: evaluator, models: ["*"]}]}
          - {group: risk, may: [{role: viewer}, {role: "approver:model-risk"}]}
        models:
          - {match: "open-*", push: anyone, origin: any}
        """;

    static async Task<Given> Job(TestServer server, string rule, string scope, string job)
    {
        var (store, tokens, book) = ((Store)server.Services.GetService(typeof(Store))!, (TokenBook)server.Services.GetService(typeof(TokenBook))!, (AccessBook)server.Services.GetService(typeof(AccessBook))!);
        var secret = "";
        await store.Do(async tx => (secret, _) = await tokens.Issue(tx, new(TokenKind.Minted, $"workload:{rule}", rule, scope, TimeSpan.FromMinutes(10)) { RuleDigest = book.Current!.Workload(rule)!.Digest, Job = $"run_id={job}" }), TestContext.Current.CancellationToken);
        return server.With(secret);
    }

    [Theory, BothEngines]
    public async Task A_person_pushes_nothing_and_hears_which_rule_may(Engine engine)
    {
        await using var server = await servers.Locked(engine, Policy);
        var person = await server.As("pia", "team");
        var run = await person.ACompleteRun(await person.AnExperiment("fraud-1"));
        (await person.Api(HttpMethod.Post, "versions", new JsonObject { ["run_id"] = run.Id, ["model"] = "fraud" })).ShouldBeRefused(403, "ci-only", "'fraud-training' (repository acme/fraud)");
        await person.Post("registered-models/create", new() { ["name"] = "fraud" });
        var wire = await person.Post("model-versions/create", new() { ["name"] = "fraud", ["source"] = $"runs:/{run.Id}/model", ["run_id"] = run.Id });
        wire.ShouldBeRefused(403, "ci-only", "fraud-training");
        ((string?)wire.Json["error_code"]).ShouldBe("PERMISSION_DENIED");
        // Labels stay soft signals, and what is derived cannot be set.
        (await person.Post("registered-models/set-tag", new() { ["name"] = "fraud", ["key"] = "team", ["value"] = "risk" })).Status.ShouldBe(HttpStatusCode.OK);
        (await person.Post("registered-models/alias", new() { ["name"] = "fraud", ["alias"] = "champion", ["version"] = "1" })).Status.ShouldNotBe(HttpStatusCode.OK);
    }

    [Theory, BothEngines]
    public async Task A_laptops_run_that_ci_submits_is_still_a_laptops_run(Engine engine)
    {
        await using var server = await servers.Locked(engine, Policy);
        var (person, ci, submit) = (await server.As("pia", "team"), await Job(server, "fraud-training", "log:fraud-1", "7"), await Job(server, "fraud-training", "submit:fraud", "7"));
        var experiment = await ci.AnExperiment("fraud-1");
        var laptop = await person.ACompleteRun(experiment);
        Gap(await Submit(submit, laptop)).ShouldContain("person:pia");
        // One write from elsewhere is enough, even one that says what is there already.
        var touched = await ci.ACompleteRun(experiment, finish: false);
        await Given.Ok(person.Post("runs/set-tag", new() { ["run_id"] = touched.Id, ["key"] = "note", ["value"] = "mine" }));
        await ci.End(touched);
        Gap(await Submit(submit, touched)).ShouldContain("person:pia");
        // And so is another job of the same rule.
        var mixed = await ci.ACompleteRun(experiment, finish: false);
        await (await Job(server, "fraud-training", "log:fraud-1", "8")).End(mixed);
        Gap(await Submit(submit, mixed)).ShouldContain("run_id=8");
        var clean = await ci.ACompleteRun(experiment);
        var version = await Submit(submit, clean);
        version.Status.ShouldBe(HttpStatusCode.Created, version.Text);
        // A model that asks for no proof takes the laptop's run, but copying it does not launder it.
        await Given.Ok(person.Api(HttpMethod.Post, "versions", new JsonObject { ["run_id"] = laptop.Id, ["model"] = "open-fraud" }), HttpStatusCode.Created);
        var copy = await (await Job(server, "fraud-training", "submit:fraud", "7")).Post("model-versions/create", new() { ["name"] = "fraud", ["source"] = "models:/open-fraud/1" });
        copy.Status.ShouldBeOneOf(HttpStatusCode.Forbidden, HttpStatusCode.BadRequest);
    }

    [Theory, BothEngines]
    public async Task Machine_evidence_comes_from_the_rule_that_measures_that_kind_and_from_nobody_else(Engine engine)
    {
        await using var server = await servers.Locked(engine, Policy);
        var (log, submit) = (await Job(server, "fraud-training", "log:fraud-1", "7"), await Job(server, "fraud-training", "submit:fraud", "7"));
        var run = await log.ACompleteRun(await log.AnExperiment("fraud-1"));
        var made = await Given.Ok(Submit(submit, run), HttpStatusCode.Created);
        var version = new SealedVersion("fraud", run, (string)made.Json["digest"]!, 1);
        Task<Answer> Attach(Given who) => who.Api(HttpMethod.Post, $"models/fraud/versions/{version.Digest}/evidence", Given.PassedInvariants("fraud", version.Digest));
        (await Attach(await server.As("pia", "team"))).ShouldBeRefused(403, "wrong-kind-of-principal", "fraud-evaluation");
        (await Attach(submit)).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await Attach(await Job(server, "fraud-evaluation", "attest:heldout:fraud", "9"))).ShouldBeRefused(403, "wrong-kind-of-principal");
        (await Attach(await Job(server, "fraud-evaluation", "attest:invariants:other", "9"))).Status.ShouldBe(HttpStatusCode.Forbidden);
        var receipt = await Given.Ok(Attach(await Job(server, "fraud-evaluation", "attest:invariants:fraud", "9")), HttpStatusCode.Created);
        ((string?)receipt.Json["by"]).ShouldBe("workload:fraud-evaluation");
        await Until.True(async () => (string?)(await (await server.As("pia", "team")).Api(HttpMethod.Get, "models/fraud/versions/1")).Json["status"] == "admitted", "the version is admitted");
        // The gate, and people: a workload decides nothing.
        (await submit.Api(HttpMethod.Post, "promotions/approvals", new JsonObject { ["model"] = "fraud", ["version"] = 1, ["environment"] = "production" })).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await (await server.As("rita", "risk")).Api(HttpMethod.Post, "promotions/approvals", new JsonObject { ["model"] = "fraud", ["version"] = 1, ["environment"] = "production" })).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Theory, BothEngines]
    public async Task A_token_of_one_action_does_nothing_else_and_dies_with_its_rule(Engine engine)
    {
        await using var server = await servers.Locked(engine, Policy);
        var (log, submit) = (await Job(server, "fraud-training", "log:fraud-1", "7"), await Job(server, "fraud-training", "submit:fraud", "7"));
        var experiment = await log.AnExperiment("fraud-1");
        var run = await log.ACompleteRun(experiment);
        (await log.Post("experiments/create", new() { ["name"] = "fraud-2" })).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await Submit(log, run)).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await submit.Post("runs/set-tag", new() { ["run_id"] = run.Id, ["key"] = "k", ["value"] = "v" })).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await submit.Api(HttpMethod.Post, "versions", new JsonObject { ["run_id"] = run.Id, ["model"] = "open-x" })).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await log.Get($"runs/get?run_id={run.Id}")).Status.ShouldBe(HttpStatusCode.OK);
        await server.Apply(Policy.Replace("repository_id: \"2\"", "repository_id: \"4\"", StringComparison.Ordinal));
        (await log.Get($"runs/get?run_id={run.Id}")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await Submit(submit, run)).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory, BothEngines]
    public async Task The_commit_that_was_logged_is_the_one_that_the_job_runs_for(Engine engine)
    {
        await using var ci = await CiProvider.Start();
        await using var server = await servers.Locked(engine, new AccessText(ci.Issuer));
        (string, JsonNode?) other = ("sha", new string('b', 40)), job = ("run_id", "43");
        var log = await server.Job(ci, "log:fraud-1", other, job);
        var run = await log.ACompleteRun(await log.AnExperiment("fraud-1"));
        Gap(await Submit(await server.Job(ci, "submit:fraud", other, job), run)).ShouldBe(Given.Commit);
    }

    static Task<Answer> Submit(Given ci, LoggedRun run) => ci.Api(HttpMethod.Post, "versions", new JsonObject { ["run_id"] = run.Id, ["model"] = "fraud" });

    static string Gap(Answer answer)
    {
        answer.ShouldBeRefused(400, "incomplete-run");
        return (string)answer.Json["gaps"]!.AsArray().Single(g => (string)g!["item"]! == "run.origin")!["found"]!;
    }
}
