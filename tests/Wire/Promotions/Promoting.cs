using System.Net;
using System.Text.Json.Nodes;
using Assay.Contracts;
using Assay.Contracts.Evidence;
using Assay.Contracts.Ledger;
using Assay.Server.Storage;
using Assay.Tests.Builders;

namespace Assay.Tests.Wire.Promotions;

public sealed class Promoting(Servers servers)
{
    [Theory, BothEngines]
    public async Task With_a_passed_verdict_and_no_approval_needed_it_takes_effect_at_once(Engine engine)
    {
        var given = (await servers.On(engine)).Given;
        var version = await given.AMeasured();
        await given.APolicy(version.Model);
        await Given.Ok(given.Attach(version, Judging.Heldout(0.85, 0.82, 0.88)), HttpStatusCode.Created);
        var request = (await Given.Ok(given.Promote(version), HttpStatusCode.Created)).Json;
        ((string?)request["state"]).ShouldBe("approved");
        var current = (await given.Slot(version.Model))["current"]!;
        ((string?)current["digest"]).ShouldBe(version.Digest);
        ((string?)current["verdict_digest"]).ShouldBe((string?)request["verdict_digest"]);
        ((string?)(await Given.Ok(given.Promote(version))).Json["id"]).ShouldBe((string?)request["id"], "asking again changes nothing");
        (await given.Slot(version.Model))["history"]!.AsArray().Count.ShouldBe(1);
        var champion = await given.Mlflow(HttpMethod.Get, $"registered-models/alias?name={version.Model}&alias=champion");
        champion.Status.ShouldBe(HttpStatusCode.OK, champion.Text);
    }

    [Theory, BothEngines]
    public async Task Without_a_passed_verdict_an_approval_leaves_nothing_but_the_attempt(Engine engine)
    {
        var given = (await servers.On(engine)).Given;
        var version = await given.AMeasured();
        await given.APolicy(version.Model);
        (await given.Approve(version)).ShouldBeRefused(409, "verdict-not-passed", mend: "assay evaluate");
        (await given.Api(HttpMethod.Get, $"promotions?model={version.Model}")).Json["requests"]!.AsArray().ShouldBeEmpty();
        (await given.Slot(version.Model))["current"].ShouldBeNull();
    }

    [Theory, BothEngines]
    public async Task A_request_gathers_evidence_and_takes_effect_when_it_is_there(Engine engine)
    {
        var given = (await servers.On(engine)).Given;
        var version = await given.AMeasured();
        await given.APolicy(version.Model);
        var request = (await Given.Ok(given.Promote(version), HttpStatusCode.Created)).Json;
        ((string?)request["state"]).ShouldBe("gathering");
        await Given.Ok(given.Attach(version, Judging.Heldout(0.85, 0.82, 0.88)), HttpStatusCode.Created);
        (await StateOf(given, (string)request["id"]!, "approved")).ShouldBe("approved");
    }

    [Theory, BothEngines]
    public async Task A_named_submitter_does_not_approve_and_a_role_is_needed_where_the_policy_names_one(Engine engine)
    {
        var given = (await servers.On(engine)).Given;
        var version = await given.AMeasured();
        await given.APolicy(version.Model, "[{count: 1, role: model-risk, not: [submitter, evaluator]}]");
        await Given.Ok(given.Attach(version, Judging.Heldout(0.85, 0.82, 0.88), actor: "mia:model-risk"), HttpStatusCode.Created);
        (await given.Approve(version, actor: "bob")).ShouldBeRefused(403, "may-not-approve", mend: "model-risk");
        (await given.Approve(version, actor: "mia:model-risk")).ShouldBeRefused(403, "may-not-approve", mend: "other than the submitter, evaluator");
        var request = (await Given.Ok(given.Promote(version, actor: "bob"), HttpStatusCode.Created)).Json;
        ((string?)request["state"]).ShouldBe("decided");
        ((string?)request["waiting_for"]![0]!["text"]).ShouldNotBeNull().ShouldContain("model-risk");
        (await given.Api(HttpMethod.Get, $"promotions?model={version.Model}&waiting=true", actor: "ann:approver:model-risk")).Json["requests"]!.AsArray().Count.ShouldBe(1);
        (await given.Api(HttpMethod.Get, $"promotions?model={version.Model}&waiting=true", actor: "bob")).Json["requests"]!.AsArray().ShouldBeEmpty();
        var approved = (await Given.Ok(given.Api(HttpMethod.Post, $"promotions/{request["id"]}/approvals", new JsonObject { ["comment"] = "yes" }, actor: "ann:approver:model-risk"))).Json;
        ((string?)approved["state"]).ShouldBe("approved");
        ((string?)approved["promotion"]!["approvals"]![0]!["by"]).ShouldBe("local:ann");
        ((bool)approved["promotion"]!["approvals"]![0]!["verified"]!).ShouldBeFalse();
    }

    [Theory, BothEngines]
    public async Task An_approval_dies_with_its_ground(Engine engine)
    {
        var given = (await servers.On(engine)).Given;
        var version = await given.AMeasured();
        await given.APolicy(version.Model, "[{count: 2}]");
        await Given.Ok(given.Attach(version, Judging.Heldout(0.85, 0.82, 0.88)), HttpStatusCode.Created);
        var first = (await Given.Ok(given.Approve(version, actor: "ann"))).Json;
        ((string?)first["state"]).ShouldBe("decided");
        ((long)first["waiting_for"]![0]!["count"]!).ShouldBe(1);
        await Given.Ok(given.Attach(version, Judging.Heldout(0.84, 0.81, 0.87)), HttpStatusCode.Created);
        var second = (await Given.Ok(given.Approve(version, actor: "bob"))).Json;
        ((string?)second["state"]).ShouldBe("decided", "ann approved another verdict");
        second["approvals"]!.AsArray().Count(a => (bool)a!["counts"]!).ShouldBe(1);
        ((string?)second["approvals"]![0]!["void"]).ShouldNotBeNullOrEmpty();
        second["timeline"]!.AsArray().Select(s => (string?)s!["what"]).ShouldContain("void");
        await given.APolicy(version.Model, "[{count: 2}]", limit: "0.79");
        ((string?)(await Given.Ok(given.Approve(version, actor: "ann"))).Json["state"]).ShouldBe("decided", "another policy, another verdict");
        ((string?)(await Given.Ok(given.Approve(version, actor: "ann"))).Json["state"]).ShouldBe("decided", "one person counts once");
        ((string?)(await Given.Ok(given.Approve(version, actor: "bob"))).Json["state"]).ShouldBe("approved");
    }

    [Theory, BothEngines]
    public async Task An_approval_dies_when_the_champion_changes(Engine engine)
    {
        var given = (await servers.On(engine)).Given;
        var model = Given.Name("model");
        await given.APolicy(model, "[{count: 2}]");
        var (one, other) = (await Measured(), await Measured());
        await Given.Ok(given.Approve(other, actor: "ann"));
        await Given.Ok(given.Approve(one, actor: "ann"));
        ((string?)(await Given.Ok(given.Approve(one, actor: "bob"))).Json["state"]).ShouldBe("approved");
        var late = await given.Api(HttpMethod.Get, $"promotions?model={model}");
        late.Json["requests"]!.AsArray().Select(r => (string?)r!["state"]).ShouldBe(["approved", "superseded"]);
        ((string?)(await Given.Ok(given.Approve(other, actor: "bob"))).Json["state"]).ShouldBe("decided", "ann's yes was to replacing nothing");

        async Task<SealedVersion> Measured()
        {
            var version = await given.AMeasured(model);
            await Given.Ok(given.Attach(version, Judging.Heldout(0.85, 0.82, 0.88)), HttpStatusCode.Created);
            return version;
        }
    }

    [Theory, BothEngines]
    public async Task A_rejected_or_withdrawn_request_is_closed(Engine engine)
    {
        var given = (await servers.On(engine)).Given;
        var version = await given.AMeasured();
        var request = (await Given.Ok(given.Promote(version, actor: "bob"), HttpStatusCode.Created)).Json;
        (await given.Api(HttpMethod.Post, $"promotions/{request["id"]}/rejections", new JsonObject(), actor: "ann")).ShouldBeRefused(400, "missing-field");
        (await given.Api(HttpMethod.Post, $"promotions/{request["id"]}/withdrawal", new JsonObject(), actor: "ann")).ShouldBeRefused(403, "may-not-withdraw");
        var refused = (await Given.Ok(given.Api(HttpMethod.Post, $"promotions/{request["id"]}/rejections", new JsonObject { ["reason"] = "not now" }, actor: "ann"))).Json;
        ((string?)refused["state"]).ShouldBe("refused");
        (await given.Api(HttpMethod.Post, $"promotions/{request["id"]}/approvals", new JsonObject(), actor: "ann")).ShouldBeRefused(409, "request-closed");
        var again = (await Given.Ok(given.Promote(version, actor: "bob"), HttpStatusCode.Created)).Json;
        ((string?)(await Given.Ok(given.Api(HttpMethod.Post, $"promotions/{again["id"]}/withdrawal", new JsonObject(), actor: "bob"))).Json["state"]).ShouldBe("withdrawn");
        (await given.Slot(version.Model))["current"].ShouldBeNull();
    }

    [Theory, BothEngines]
    public async Task In_a_freeze_nothing_is_promoted_but_a_rollback_is_possible(Engine engine)
    {
        var given = (await servers.On(engine)).Given;
        var model = Given.Name("model");
        var first = await given.AChampion(model);
        var second = await given.AChampion(model);
        await given.APolicy(model, more: "freeze: [{from: \"2020-01-01T00:00\", to: \"2100-01-01T00:00\", zone: Europe/Berlin}]");
        var third = await given.AMeasured(model);
        await Given.Ok(given.Attach(third, Judging.Heldout(0.85, 0.82, 0.88)), HttpStatusCode.Created);
        (await given.Promote(third)).ShouldBeRefused(409, "frozen", mend: "operator");
        (await given.Approve(third)).ShouldBeRefused(409, "frozen");
        ((string?)(await Given.Ok(given.RollBack(model), HttpStatusCode.Created)).Json["digest"]).ShouldBe(first.Digest);
        second.Digest.ShouldNotBe(first.Digest);
    }

    [Theory, BothEngines]
    public async Task Two_at_once_never_make_two_primaries(Engine engine)
    {
        var given = (await servers.On(engine)).Given;
        var model = Given.Name("model");
        var versions = new List<SealedVersion>();
        for (var i = 0; i < 4; i++)
            versions.Add(await given.AMeasured(model));
        await Task.WhenAll(versions.SelectMany(v => new[] { given.Approve(v, actor: "ann"), given.Approve(v, actor: "bob") }));
        var slot = await given.Slot(model);
        var history = slot["history"]!.AsArray();
        history.Count.ShouldBeGreaterThan(0);
        for (var i = 0; i + 1 < history.Count; i++)
            ((string?)history[i]!["replaces"]).ShouldBe((string?)history[i + 1]!["digest"]);
    }

    [Theory, BothEngines]
    public async Task The_bundle_verifies_offline(Engine engine)
    {
        var given = (await servers.On(engine)).Given;
        var version = await given.AChampion(Given.Name("model"));
        var bundle = (await Given.Ok(given.Api(HttpMethod.Get, $"models/{version.Model}/versions/{version.Digest}/bundle?environment=production"))).Json;
        Digest.Of(Convert.FromBase64String((string)bundle["manifest"]!)).ToString().ShouldBe(version.Digest);
        var keys = bundle["keys"]!.AsArray().Select(k => VerificationKey.FromBase64((string)k!["public_key"]!)!).ToList();
        var promotion = DsseEnvelope.Read(bundle["promotion"])!;
        promotion.SignedBy(keys).ShouldNotBeNull();
        var predicate = JsonNode.Parse(promotion.PayloadBytes())!["predicate"]!;
        ((string?)predicate["environment"]).ShouldBe("production");
        ((string?)predicate["slot"]).ShouldBe("primary");
        ("sha256:" + predicate["verdict"]!["sha256"]).ShouldBe(Digest.Of(DsseEnvelope.Read(bundle["verdict"])!.PayloadBytes()).ToString());
        DsseEnvelope.Read(bundle["verdict"])!.SignedBy(keys).ShouldNotBeNull();
        bundle["evidence"]!.AsArray().ShouldAllBe(e => DsseEnvelope.Read(e)!.SignedBy(keys) != null);
        var ledger = bundle["ledger"]!;
        var entry = Convert.FromBase64String((string)ledger["entry"]!);
        var head = Checkpoint.Open((string)ledger["checkpoint"]!, keys).ShouldNotBeNull();
        head.Size.ShouldBe((long)ledger["size"]!);
        MerkleTree.RootFromInclusion(MerkleTree.Leaf(entry), (long)ledger["seq"]!, head.Size, [.. ledger["hashes"]!.AsArray().Select(h => Convert.FromBase64String((string)h!))]).ShouldBe(head.Root);
        ((string?)JsonNode.Parse(entry)!["detail"]!["statement"]).ShouldBe(Digest.Of(promotion.PayloadBytes()).ToString());
        ((string?)bundle["run"]!["run"]!["run_id"] ?? (string?)bundle["run"]!["run_id"]).ShouldBe(version.Run.Id);
        var bare = (await Given.Ok(given.Api(HttpMethod.Get, $"models/{version.Model}/versions/{version.Digest}/bundle"))).Json;
        bare["promotion"].ShouldBeNull();
        ((string?)JsonNode.Parse(Convert.FromBase64String((string)bare["ledger"]!["entry"]!))!["action"]).ShouldBe("version.sealed");
    }

    static async Task<string> StateOf(Given given, string id, string wanted)
    {
        for (var i = 0; ; i++)
        {
            var state = (string)(await Given.Ok(given.Api(HttpMethod.Get, $"promotions/{id}"))).Json["state"]!;
            if (state == wanted || i == 5000)
                return state;
        }
    }
}
