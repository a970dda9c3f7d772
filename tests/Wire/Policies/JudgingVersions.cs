using System.Net;
using System.Text.Json.Nodes;
using Assay.Contracts;
using Assay.Contracts.Evidence;
using Assay.Server.Storage;
using Assay.Tests.Builders;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Tests.Wire.Policies;

public sealed class JudgingVersions(Servers servers)
{
    static readonly (string What, double? Value, double? Low, double? High, long Rows, string Role, string? Error, string Wanted)[] Cases =
    [
        ("proven", 0.85, 0.82, 0.88, 5000, "heldout", null, "passed"),
        ("point above, bound below", 0.82, 0.78, 0.86, 5000, "heldout", null, "inconclusive"),
        ("point below, upper bound above", 0.79, 0.76, 0.82, 5000, "heldout", null, "inconclusive"),
        ("disproven", 0.70, 0.67, 0.73, 5000, "heldout", null, "failed"),
        ("at the threshold", 0.83, 0.80, 0.86, 5000, "heldout", null, "passed"),
        ("too few rows", 0.95, 0.90, 0.99, 50, "heldout", null, "inconclusive"),
        ("measured on training rows", 0.95, 0.94, 0.96, 5000, "train", null, "inconclusive"),
        ("not a number", null, null, null, 5000, "heldout", "NaN", "failed"),
    ];

    public static TheoryData<Engine, string> Each()
    {
        var data = new TheoryData<Engine, string>();
        foreach (var engine in Enum.GetValues<Engine>())
            foreach (var one in Cases)
                data.Add(engine, one.What);
        return data;
    }

    [Theory, MemberData(nameof(Each))]
    public async Task The_gate_judges_bounds_and_not_points(Engine engine, string what)
    {
        var given = (await servers.On(engine)).Given;
        var one = Cases.Single(c => c.What == what);
        var version = await given.AMeasured();
        await given.APolicy(version.Model);
        await Given.Ok(given.Attach(version, Judging.Heldout(one.Value, one.Low, one.High, one.Rows, one.Role, one.Error)), HttpStatusCode.Created);
        var verdict = (await Given.Ok(given.Gate(version))).Json;
        ((string?)verdict["verdict"]).ShouldBe(one.Wanted, verdict.ToJsonString());
        if (one.Wanted != "passed")
            ((string?)verdict["rules"]![0]!["mend"]).ShouldNotBeNullOrEmpty();
    }

    [Theory, BothEngines]
    public async Task Without_evidence_the_gate_is_inconclusive_and_says_what_to_run(Engine engine)
    {
        var given = (await servers.On(engine)).Given;
        var version = await given.ACandidate();
        var verdict = (await Given.Ok(given.Gate(version))).Json;
        ((string?)verdict["verdict"]).ShouldBe("inconclusive");
        ((string?)verdict["policy"]).ShouldBe("default");
        ((string?)verdict["rules"]![0]!["mend"]).ShouldBe($"assay evaluate {version.Model}@{version.Digest} --suite FILE");
    }

    [Theory, BothEngines]
    public async Task A_verdict_is_a_signed_summary_for_one_slot_of_one_environment(Engine engine)
    {
        var given = (await servers.On(engine)).Given;
        var version = await given.AMeasured();
        await given.APolicy(version.Model);
        var evidence = (string)(await Given.Ok(given.Attach(version, Judging.Heldout(0.85, 0.82, 0.88)), HttpStatusCode.Created)).Json["digest"]!;
        var verdict = (await Given.Ok(given.Gate(version))).Json;
        var whole = (await Given.Ok(given.Api(HttpMethod.Get, $"verdicts/{verdict["verdict_digest"]}"))).Json;
        var keys = (await given.Api(HttpMethod.Get, "keys")).Json["keys"]!.AsArray().Select(k => VerificationKey.FromBase64((string)k!["public_key"]!)!).ToList();
        var envelope = DsseEnvelope.Read(whole["envelope"])!;
        envelope.SignedBy(keys).ShouldNotBeNull();
        Digest.Of(envelope.PayloadBytes()).ToString().ShouldBe((string?)verdict["verdict_digest"]);
        var statement = JsonNode.Parse(envelope.PayloadBytes())!;
        ((string?)statement["predicateType"]).ShouldBe("https://slsa.dev/verification_summary/v1");
        var summary = statement["predicate"]!;
        ((string?)summary["resourceUri"]).ShouldBe($"assay://production/{version.Model}/primary");
        ((string?)summary["verificationResult"]).ShouldBe("PASSED");
        summary["verifiedLevels"]!.AsArray().Select(l => (string?)l).ShouldBe(["ASSAY_GATE_PRODUCTION_PASSED"]);
        summary["inputAttestations"]!.AsArray().Select(a => "sha256:" + a!["digest"]!["sha256"]).ShouldBe([evidence]);
        ("sha256:" + summary["policy"]!["digest"]!["sha256"]).ShouldBe((string?)verdict["policy_digest"]);
        Statement.Subjects(statement.AsObject()).Single().ToString().ShouldBe(version.Digest);
    }

    [Theory, BothEngines]
    public async Task A_verdict_stays_the_same_until_something_it_rests_on_changes(Engine engine)
    {
        var given = (await servers.On(engine)).Given;
        var version = await given.AMeasured();
        await given.APolicy(version.Model);
        await Given.Ok(given.Attach(version, Judging.Heldout(0.85, 0.82, 0.88)), HttpStatusCode.Created);
        var first = await Digest();
        (await Digest()).ShouldBe(first);
        await Given.Ok(given.Attach(version, new JsonObject { ["kind"] = "review", ["summary"] = "looks fine" }), HttpStatusCode.Created);
        (await Digest()).ShouldBe(first, "the policy does not ask for reviews");
        await Given.Ok(given.Attach(version, Judging.Heldout(0.86, 0.83, 0.89)), HttpStatusCode.Created);
        var second = await Digest();
        second.ShouldNotBe(first, "new evidence");
        await given.APolicy(version.Model, limit: "0.79");
        (await Digest()).ShouldNotBe(second, "another policy");

        async Task<string> Digest() => (string)(await Given.Ok(given.Gate(version))).Json["verdict_digest"]!;
    }

    [Theory, BothEngines]
    public async Task A_verdict_altered_in_the_database_opens_nothing(Engine engine)
    {
        var server = await servers.On(engine);
        var given = server.Given;
        var version = await given.AMeasured();
        await given.APolicy(version.Model);
        var digest = (string)(await Given.Ok(given.Gate(version))).Json["verdict_digest"]!;
        var store = server.Services.GetRequiredService<Store>();
        await store.Do(tx => tx.Execute("UPDATE policies_verdict SET outcome = 'passed', body = REPLACE(body, '\"inconclusive\"', '\"passed\"'), not_after_ms = not_after_ms * 2 WHERE digest = @digest", ("digest", digest)), default);
        ((string?)(await Given.Ok(given.Gate(version))).Json["verdict"]).ShouldBe("inconclusive");
        (await given.Approve(version)).ShouldBeRefused(409, "verdict-not-passed");
    }

    [Theory, BothEngines]
    public async Task A_candidate_becomes_admitted_by_passed_invariants_and_rejected_by_failed_ones(Engine engine)
    {
        var given = (await servers.On(engine)).Given;
        var good = await given.ACandidate();
        (await given.Promote(good)).ShouldBeRefused(409, "not-admitted", mend: "assay evaluate");
        await Given.Ok(given.Attach(good, Judging.Heldout(0.99, 0.98, 0.995)), HttpStatusCode.Created);
        (await given.Promote(good)).ShouldBeRefused(409, "not-admitted");
        await Given.Ok(given.Attach(good, Judging.Invariants()), HttpStatusCode.Created);
        (await given.StatusOf(good, "admitted")).ShouldBe("admitted");
        var broken = await given.ACandidate();
        await Given.Ok(given.Attach(broken, Judging.Invariants(ok: false)), HttpStatusCode.Created);
        (await given.StatusOf(broken, "rejected")).ShouldBe("rejected");
        (await given.Approve(broken)).ShouldBeRefused(409, "not-admitted");
    }

    [Theory, BothEngines]
    public async Task An_owners_admission_policy_asks_for_more_than_invariants(Engine engine)
    {
        var given = (await servers.On(engine)).Given;
        var version = await given.ACandidate();
        await Given.Ok(given.Api(HttpMethod.Put, $"policies/{version.Model}-admission", yaml: $$"""
            apiVersion: assay/v1
            kind: Policy
            metadata: {name: {{version.Model}}-admission}
            match: {model: {{version.Model}}, environment: registry}
            require: [{evidence: heldout, role: heldout, rules: [{metric: auc, at_least: 0.7}]}]
            """));
        await Given.Ok(given.Attach(version, Judging.Invariants()), HttpStatusCode.Created);
        (await given.Promote(version)).ShouldBeRefused(409, "not-admitted");
        await Given.Ok(given.Attach(version, Judging.Heldout(0.85, 0.82, 0.88)), HttpStatusCode.Created);
        (await given.StatusOf(version, "admitted")).ShouldBe("admitted");
    }

    [Theory, BothEngines]
    public async Task Policies_are_applied_by_name_with_what_changed_on_record(Engine engine)
    {
        var given = (await servers.On(engine)).Given;
        var model = Given.Name("policy");
        var first = (await given.APolicy(model)).Json;
        ((long)first["revision"]!).ShouldBe(1);
        ((bool)(await given.APolicy(model)).Json["changed"]!).ShouldBeFalse();
        var second = (await given.APolicy(model, limit: "0.85")).Json;
        ((long)second["revision"]!).ShouldBe(2);
        ((string?)second["diff"]![0]!["path"]).ShouldBe("require[0].rules[0].limit");
        ((string?)(await given.Api(HttpMethod.Get, $"policies/{model}-production")).Json["yaml"]).ShouldNotBeNull().ShouldContain("0.85");
        (await given.Api(HttpMethod.Put, "policies/other-name", yaml: (string)(await given.Api(HttpMethod.Get, $"policies/{model}-production")).Json["yaml"]!)).ShouldBeRefused(400, "other-name");
        var malformed = await given.Api(HttpMethod.Put, "policies/x", yaml: "apiVersion: assay/v1\nkind: Policy\nmetadata: {name: x}\nmatch: {modell: fraud}\nrequire: [{evidence: invariants}]\n");
        malformed.ShouldBeRefused(400, "malformed-document");
        malformed.Text.ShouldContain("line 4");
        malformed.Text.ShouldContain("model");
        (await given.Api(HttpMethod.Get, "policies")).Json["policies"]!.AsArray().Select(p => (string?)p!["name"]).ShouldContain("admission");
    }

    [Theory, BothEngines]
    public async Task A_gate_question_with_a_wrong_slot_environment_or_version_is_refused(Engine engine)
    {
        var given = (await servers.On(engine)).Given;
        var version = await given.ACandidate();
        (await given.Api(HttpMethod.Post, $"models/{version.Model}/versions/{version.Digest}/gate", new JsonObject())).ShouldBeRefused(400, "bad-environment");
        (await given.Api(HttpMethod.Post, $"models/{version.Model}/versions/{version.Digest}/gate", new JsonObject { ["environment"] = "production", ["slot"] = "third" })).ShouldBeRefused(400, "bad-slot");
        (await given.Api(HttpMethod.Post, $"models/{version.Model}/versions/77/gate", new JsonObject { ["environment"] = "production" })).Status.ShouldBe(HttpStatusCode.NotFound);
    }
}
