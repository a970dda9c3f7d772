using System.Text.Json.Nodes;
using Assay.Tests.Builders;

namespace Assay.Tests.Wire.Access;

/// <summary>Well-signed tokens of an issuer that is believed, for jobs that no rule means, and for things that their rule does not grant.</summary>
public sealed class ForeignWorkloads(LockedCi locked) : IClassFixture<LockedCi>
{
    static readonly Dictionary<string, (string Name, JsonNode? Value)[]> Strangers = new()
    {
        ["a repository of that name with another id"] = [("repository_id", "67891")],
        ["an owner of that name with another id"] = [("repository_owner_id", "12346")],
        ["both registered again"] = [("repository_id", "1"), ("repository_owner_id", "2")],
        ["an id that the rule's begins with"] = [("repository_id", "6789")],
        ["an id with something before it"] = [("repository_id", " 67890")],
        ["an id that is a list with ours in an object"] = [("repository_id", new JsonArray(new JsonObject { ["id"] = "67890" }))],
        ["no id at all"] = [("repository_id", null)],
    };

    static readonly Dictionary<string, (string Name, JsonNode? Value)[]> Misfits = new()
    {
        ["an unprotected ref"] = [("ref", "refs/heads/evil"), ("ref_protected", "false")],
        ["a ref of unknown protection"] = [("ref_protected", null)],
        ["another workflow"] = [("workflow_ref", "org/fraud/.github/workflows/evil.yml@refs/heads/main")],
        ["the workflow of another branch"] = [("workflow_ref", "org/fraud/.github/workflows/train.yml@refs/heads/evil")],
        ["the workflow in other capitals"] = [("workflow_ref", AccessText.TrainingFlow.ToUpperInvariant())],
        ["a pull request"] = [("event_name", "pull_request")],
        ["a pull request with the target's rights"] = [("event_name", "pull_request_target")],
        ["a comment"] = [("event_name", "issue_comment")],
        ["another workflow's end"] = [("event_name", "workflow_run")],
        ["no job to be told apart by"] = [("run_id", null)],
    };

    public static TheoryData<string> StrangersNames => [.. Strangers.Keys];

    public static TheoryData<string> MisfitsNames => [.. Misfits.Keys];

    [Theory, MemberData(nameof(StrangersNames))]
    public async Task A_stranger_hears_nothing_of_the_policy(string stranger)
    {
        var answer = await locked.Server.Exchange(locked.Ci.Token(Strangers[stranger]), "log:fraud");
        (((int)answer.Status), (string?)answer.Json["error"], (string?)answer.Json["code"]).ShouldBe((400, "invalid_grant", "no-rule"), answer.Text);
        foreach (var told in (string[])["training", "evaluation", "12345", "67890", "train.yml"])
            answer.Text.ShouldNotContain(told);
    }

    [Theory, MemberData(nameof(MisfitsNames))]
    public async Task Who_has_proven_the_ids_hears_what_does_not_fit_and_the_ledger_has_it(string misfit)
    {
        var job = Given.Name("job");
        var answer = await locked.Server.Exchange(locked.Ci.Token([("run_id", job), .. Misfits[misfit]]), "log:fraud");
        (((int)answer.Status), (string?)answer.Json["error"], (string?)answer.Json["code"]).ShouldBe((400, "invalid_grant", "rule-misfit"), answer.Text);
        answer.Text.ShouldContain("the workload rule 'training'", Case.Insensitive);
        if (misfit != "no job to be told apart by")
            (await locked.Server.Ledger(job)).ShouldContain("rule-misfit");
    }

    [Theory]
    [InlineData("event_name", "pull_request_target")]
    [InlineData("event_name", "workflow_run")]
    [InlineData("event_name", "pull_request")]
    public async Task A_rule_that_names_no_trigger_takes_none_that_runs_what_others_sent(string claim, string trigger)
    {
        (string, JsonNode?)[] evaluation = [("workflow_ref", AccessText.EvaluationFlow)];
        ((int)(await locked.Server.Exchange(locked.Ci.Token([.. evaluation, (claim, trigger)]), "attest:heldout:fraud")).Status).ShouldBe(400);
        await locked.Server.Minted(locked.Ci.Token(evaluation), "attest:heldout:fraud");
    }

    [Fact]
    public async Task Truths_and_numbers_are_their_text_and_claims_that_nobody_asked_for_are_nothing() =>
        await locked.Server.Minted(locked.Ci.Token(("ref_protected", true), ("repository_id", 67890), ("admin", true), ("roles", new JsonArray("admin")), ("may", "everything")), "log:fraud");

    [Theory]
    [InlineData("submit:churn", "invalid_scope")]
    [InlineData("log:other", "invalid_scope")]
    [InlineData("attest:heldout:fraud", "invalid_scope")]
    [InlineData("report:production", "invalid_scope")]
    [InlineData("submit:*", "invalid_scope")]
    [InlineData("log:fraud-*", "invalid_scope")]
    [InlineData("approve:fraud", "invalid_scope")]
    [InlineData("admin", "invalid_scope")]
    [InlineData("submit:", "invalid_scope")]
    [InlineData("", "invalid_scope")]
    [InlineData("submit:fraud submit:churn", "invalid_scope")]
    public async Task A_scope_that_the_rule_does_not_grant_is_refused(string scope, string error)
    {
        await using var ci = await CiProvider.Start();
        await locked.Server.Apply(new AccessText(locked.Ci.Issuer)
        {
            MoreIssuers = [$"{{name: narrow, issuer: '{ci.Issuer}'}}"],
            Workloads = ["{name: narrow, issuer: narrow, claims: {sub: x}, may: [{role: trainer, experiments: [fraud, 'fraud-*']}, {role: submitter, models: [fraud]}]}"],
        });
        var answer = await locked.Server.Exchange(ci.Token(("sub", "x"), ("repository", null)), scope);
        (((int)answer.Status), (string?)answer.Json["error"]).ShouldBe((400, error), answer.Text);
        await locked.Server.Minted(ci.Token(("sub", "x")), "submit:fraud");
        await locked.Server.Minted(ci.Token(("sub", "x")), "log:fraud-weekly");
    }

    [Fact]
    public async Task A_credential_for_one_model_is_none_for_another_nor_for_logging()
    {
        var job = await locked.Server.Job(locked.Ci, "submit:fraud-a");
        await Given.Ok(job.Post("registered-models/create", new() { ["name"] = "fraud-a" }));
        foreach (var refused in (Task<Answer>[])[job.Post("registered-models/create", new() { ["name"] = "fraud-ab" }), job.Post("experiments/create", new() { ["name"] = "fraud-a" }), job.Api(HttpMethod.Get, "access"),
            job.Api(HttpMethod.Post, "deployments", new JsonObject { ["environment"] = "production", ["model"] = "fraud-a", ["digest"] = "sha256:" + new string('0', 64) })])
            ((int)(await refused).Status).ShouldBe(403, (await refused).Text);
    }

    [Fact]
    public async Task A_kind_of_evidence_that_the_rule_does_not_name_is_refused()
    {
        await using var ci = await CiProvider.Start();
        await locked.Server.Apply(new AccessText(locked.Ci.Issuer)
        {
            MoreIssuers = [$"{{name: narrow, issuer: '{ci.Issuer}'}}"],
            Workloads = ["{name: narrow, issuer: narrow, claims: {sub: x}, may: [{role: evaluator, models: [fraud], kinds: [heldout]}]}"],
        });
        await locked.Server.Minted(ci.Token(("sub", "x")), "attest:heldout:fraud");
        ((string?)(await locked.Server.Exchange(ci.Token(("sub", "x")), "attest:invariants:fraud")).Json["code"]).ShouldBe("not-granted");
    }

    [Theory]
    [InlineData("grant_type=client_credentials&scope=log:fraud", "unsupported_grant_type")]
    [InlineData("", "unsupported_grant_type")]
    [InlineData("grant_type=urn:ietf:params:oauth:grant-type:token-exchange&scope=log:fraud", "invalid_request")]
    [InlineData("grant_type=urn:ietf:params:oauth:grant-type:token-exchange&subject_token=x&subject_token_type=urn:ietf:params:oauth:token-type:saml2&scope=log:fraud", "invalid_request")]
    [InlineData("grant_type=urn:ietf:params:oauth:grant-type:token-exchange&subject_token=x&subject_token=y&subject_token_type=urn:ietf:params:oauth:token-type:jwt&scope=log:fraud", "invalid_request")]
    public async Task A_request_that_is_none_is_said_to_be_none(string form, string error)
    {
        var answer = await locked.Server.Given.Send(new(HttpMethod.Post, "/oidc/exchange") { Content = new StringContent(form, null, "application/x-www-form-urlencoded") });
        (((int)answer.Status), (string?)answer.Json["error"]).ShouldBe((400, error), answer.Text);
    }

    [Fact]
    public async Task Json_is_taken_too()
    {
        var body = new JsonObject { ["grant_type"] = "urn:ietf:params:oauth:grant-type:token-exchange", ["subject_token"] = locked.Ci.Token(), ["subject_token_type"] = "urn:ietf:params:oauth:token-type:jwt", ["scope"] = "log:fraud" };
        (await Given.Ok(locked.Server.Given.Send(new(HttpMethod.Post, "/oidc/exchange") { Content = System.Net.Http.Json.JsonContent.Create(body) }))).Json["access_token"].ShouldNotBeNull();
    }
}
