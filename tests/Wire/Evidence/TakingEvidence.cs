using System.Net;
using System.Text.Json.Nodes;
using Assay.Contracts;
using Assay.Contracts.Evidence;
using Assay.Server.Ledger;
using Assay.Server.Storage;
using Assay.Tests.Builders;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Tests.Wire.Evidence;

public sealed class TakingEvidence(Servers servers)
{
    [Theory, BothEngines]
    public async Task A_statement_is_signed_by_the_server_and_verifies_offline(Engine engine)
    {
        var given = (await servers.On(engine)).Given;
        var version = await given.ACandidate();
        var receipt = (await Given.Ok(given.Attach(version, Judging.Heldout(0.85, 0.82, 0.88)), HttpStatusCode.Created)).Json;
        ((string?)receipt["by"]).ShouldBe("local");
        ((bool)receipt["verified"]!).ShouldBeFalse();
        ((string?)receipt["summary"]).ShouldBe("auc 0.85 [0.82, 0.88], n 5000");
        var whole = (await Given.Ok(given.Api(HttpMethod.Get, $"evidence/{receipt["digest"]}"))).Json;
        var keys = (await given.Api(HttpMethod.Get, "keys")).Json["keys"]!.AsArray().Select(k => VerificationKey.FromBase64((string)k!["public_key"]!)!).ToList();
        var envelope = DsseEnvelope.Read(whole["envelope"])!;
        envelope.SignedBy(keys).ShouldNotBeNull();
        Digest.Of(envelope.PayloadBytes()).ToString().ShouldBe((string?)receipt["digest"]);
        var statement = JsonNode.Parse(envelope.PayloadBytes())!.AsObject();
        Statement.Subjects(statement).Single().ToString().ShouldBe(version.Digest);
        ((string?)statement["predicate"]!["evaluator"]!["id"]).ShouldBe("local");
        DsseEnvelope.Read(whole["counter_signed"])!.SignedBy(keys).ShouldNotBeNull();
    }

    [Theory, BothEngines]
    public async Task The_same_statement_again_gives_the_same_receipt_and_no_second_piece(Engine engine)
    {
        var given = (await servers.On(engine)).Given;
        var version = await given.ACandidate();
        var first = await Given.Ok(given.Attach(version, Judging.Heldout(0.85, 0.82, 0.88)), HttpStatusCode.Created);
        var again = await Given.Ok(given.Attach(version, Judging.Heldout(0.85, 0.82, 0.88)));
        again.Text.ShouldBe(first.Text);
        (await given.Api(HttpMethod.Get, $"models/{version.Model}/versions/{version.Digest}/evidence")).Json["evidence"]!.AsArray().Count.ShouldBe(1);
    }

    [Theory, BothEngines]
    public async Task Evidence_of_another_digest_another_evaluator_or_another_form_is_refused(Engine engine)
    {
        var given = (await servers.On(engine)).Given;
        var version = await given.ACandidate();
        (await given.Attach(version, Judging.Heldout(0.99, 0.98, 0.995), about: "sha256:" + new string('2', 64))).ShouldBeRefused(400, "evidence-of-another-digest");
        var named = Judging.Heldout(0.99, 0.98, 0.995);
        named["evaluator"] = new JsonObject { ["id"] = "workload:fraud-evaluation" };
        (await given.Attach(version, named)).ShouldBeRefused(400, "evaluator-mismatch", mend: "set from the credential");
        var malformed = await given.Attach(version, Judging.Heldout(0.99, 0.995, 0.98));
        malformed.ShouldBeRefused(400, "malformed-evidence");
        ((string?)malformed.Json["gaps"]![0]!["item"]).ShouldBe("$.predicate.metrics[0].ci.low");
        (await given.Api(HttpMethod.Post, $"models/{version.Model}/versions/{version.Digest}/evidence", yaml: "x: 1")).ShouldBeRefused(400, "unknown-media-type");
        (await given.Api(HttpMethod.Post, $"models/{version.Model}/versions/999/evidence", Judging.Statement(version.Digest, Judging.Invariants()))).Status.ShouldBe(HttpStatusCode.NotFound);
        (await given.Api(HttpMethod.Get, $"models/{version.Model}/versions/{version.Digest}/evidence")).Json["evidence"]!.AsArray().ShouldBeEmpty();
    }

    [Theory, BothEngines]
    public async Task An_envelope_signed_by_a_key_that_is_not_the_principals_is_refused_and_recorded(Engine engine)
    {
        var server = await servers.On(engine);
        var version = await server.Given.ACandidate();
        using var key = SigningKey.Create();
        var payload = CanonicalJson.Bytes(Judging.Statement(version.Digest, Judging.Invariants()));
        (await server.Given.AttachEnvelope(version, DsseEnvelope.Sign(payload, key))).ShouldBeRefused(403, "foreign-key", mend: "bare statement");
        var refused = await server.Services.GetRequiredService<LedgerReader>().NewestFirst(version.Model, long.MaxValue, 100, default);
        while (!refused.Exists(e => e.Action == "evidence.recorded"))
            refused = await server.Services.GetRequiredService<LedgerReader>().NewestFirst(version.Model, long.MaxValue, 100, default);
        refused.Single(e => e.Action == "evidence.recorded").Outcome.ShouldBe("refused");
        (await server.Given.StatusOf(version, "candidate")).ShouldBe("candidate");
    }

    [Theory, BothEngines]
    public async Task An_envelope_signed_by_the_principals_registered_key_is_kept_as_it_is(Engine engine)
    {
        await using var ci = await CiProvider.Start();
        using var key = SigningKey.Create();
        using var others = SigningKey.Create();
        var policy = new AccessText(ci.Issuer) { Keys = [("workload:evaluation", key.Verifier.Base64), ("workload:training", others.Verifier.Base64)], People = ["{group: team, may: [{role: viewer}]}"], SignIn = "{issuer: http://127.0.0.1:9, client_id: assay}" };
        await using var server = await servers.Locked(engine, policy);
        var log = await server.Job(ci, "log:fraud-1");
        var run = await log.ACompleteRun(await log.AnExperiment("fraud-1"));
        var made = await Given.Ok((await server.Job(ci, "submit:fraud")).Api(HttpMethod.Post, "versions", new JsonObject { ["run_id"] = run.Id, ["model"] = "fraud" }), HttpStatusCode.Created);
        var version = new SealedVersion("fraud", run, (string)made.Json["digest"]!, 1);
        var evaluation = await server.Job(ci, "attest:invariants:fraud");
        // Not canonical on purpose: the producer's bytes are what it signed.
        var payload = System.Text.Encoding.UTF8.GetBytes(Judging.Statement(version.Digest, Judging.Invariants()).ToJsonString(new() { WriteIndented = true }));
        (await evaluation.AttachEnvelope(version, DsseEnvelope.Sign(payload, others))).ShouldBeRefused(403, "foreign-key");
        var sent = DsseEnvelope.Sign(payload, key);
        var receipt = (await Given.Ok(evaluation.AttachEnvelope(version, sent), HttpStatusCode.Created)).Json;
        ((bool)receipt["own_key"]!).ShouldBeTrue();
        var viewer = await server.As("vera", "team");
        var kept = DsseEnvelope.Read((await viewer.Api(HttpMethod.Get, $"evidence/{receipt["digest"]}")).Json["envelope"])!;
        kept.Payload.ShouldBe(sent.Payload);
        kept.SignedBy([key.Verifier]).ShouldNotBeNull();
        (await viewer.StatusOf(version, "admitted")).ShouldBe("admitted");
        // What the job's token proved stands on the version.
        var origin = (await viewer.Api(HttpMethod.Get, "models/fraud/versions/1")).Json["origin"]!;
        ((bool)origin["proven"]!).ShouldBeTrue();
        ((string?)origin["claims"]!["source_repository_digest"]).ShouldBe(Given.Commit);
        // Taken out of the policy, the key counts no more.
        await server.Apply(policy with { Keys = [] });
        ((string?)(await viewer.Api(HttpMethod.Get, $"evidence/{receipt["digest"]}")).Json["state"]).ShouldBe("foreign_key");
    }

    [Theory, BothEngines]
    public async Task What_is_altered_in_the_database_is_not_believed(Engine engine)
    {
        var server = await servers.On(engine);
        var given = server.Given;
        var version = await given.AMeasured();
        await given.APolicy(version.Model);
        var receipt = (await Given.Ok(given.Attach(version, Judging.Heldout(0.70, 0.67, 0.73)), HttpStatusCode.Created)).Json;
        var store = server.Services.GetRequiredService<Store>();
        var good = CanonicalJson.Bytes(Judging.Statement(version.Digest, Judging.Heldout(0.90, 0.88, 0.92)));
        using var own = SigningKey.Create();
        await store.Do(tx => tx.Execute("UPDATE evidence_statement SET envelope = @envelope WHERE digest = @digest", ("envelope", DsseEnvelope.Sign(good, own).ToJson().ToJsonString()), ("digest", (string)receipt["digest"]!)), default);
        var verdict = (await Given.Ok(given.Gate(version))).Json;
        ((string?)verdict["verdict"]).ShouldBe("failed");
        ((string?)verdict["rules"]![0]!["reason"]).ShouldNotBeNull().ShouldContain("not signed by a key");
        ((string?)(await given.Api(HttpMethod.Get, $"evidence/{receipt["digest"]}")).Json["state"]).ShouldBe("foreign_key");
    }

    [Theory, BothEngines]
    public async Task Too_much_is_refused(Engine engine)
    {
        var given = (await servers.On(engine)).Given;
        var version = await given.ACandidate();
        var large = Judging.Invariants();
        large["note"] = new string('x', 4 * 1024 * 1024);
        (await given.Attach(version, large)).ShouldBeRefused(400, "evidence-too-large");
    }

}
