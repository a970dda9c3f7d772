using System.Text.Json.Nodes;
using Assay.Server.Storage;
using Assay.Tests.Builders;
using CsCheck;

namespace Assay.Tests.Wire.Promotions;

/// <summary>Whatever people, evaluators and policy owners do in whatever order: what is approved was always approvable.</summary>
public sealed class AnySequence(Servers servers)
{
    enum Act { Measure, MeasureBadly, Promote, ApproveAnn, ApproveBob, Reject, RollBack, Policy }

    static readonly Gen<(Act Act, int Version)[]> Acts = Gen.Select(Gen.Frequency((3, Gen.Const(Act.Measure)), (1, Gen.Const(Act.MeasureBadly)), (2, Gen.Const(Act.Promote)),
        (4, Gen.Const(Act.ApproveAnn)), (4, Gen.Const(Act.ApproveBob)), (1, Gen.Const(Act.Reject)), (1, Gen.Const(Act.RollBack)), (1, Gen.Const(Act.Policy))), Gen.Int[0, 1]).Array[4, 14];

    [Theory, BothEngines]
    public async Task Only_what_was_proven_and_approved_is_ever_approved(Engine engine)
    {
        var given = (await servers.On(engine)).Given;
        await Acts.SampleAsync(async acts =>
        {
            var model = Given.Name("sequence");
            var approvals = "[{count: 2}]";
            await given.APolicy(model, approvals);
            SealedVersion[] versions = [await given.AMeasured(model), await given.AMeasured(model)];
            var proven = new bool[2];
            var (point, limit) = (0.85, 0.80);
            foreach (var (act, v) in acts)
            {
                var before = (string?)(await given.Slot(model))["current"]?["id"];
                var answer = await Do(act, versions[v]);
                ((int)answer.Status).ShouldBeLessThan(500, answer.Text);
                var slot = await given.Slot(model);
                Chained(slot["history"]!.AsArray());
                if ((string?)slot["current"]?["id"] == before)
                    continue;
                var current = slot["current"]!;
                if ((string?)current["kind"] == "rollback")
                    act.ShouldBe(Act.RollBack);
                else
                    await Deserved(current, versions.ToList().FindIndex(x => x.Digest == (string?)current["digest"]));
            }
            (await given.Api(HttpMethod.Get, $"promotions?model={model}")).Json["requests"]!.AsArray().Where(r => (bool)r!["open"]!).GroupBy(r => (string?)r!["digest"]).ShouldAllBe(g => g.Count() == 1);

            async Task<Answer> Do(Act act, SealedVersion version)
            {
                switch (act)
                {
                    case Act.Measure:
                        proven[Array.IndexOf(versions, version)] = true;
                        point += 0.0001;
                        return await given.Attach(version, Judging.Heldout(point, 0.82, 0.90));
                    case Act.MeasureBadly:
                        proven[Array.IndexOf(versions, version)] = false;
                        point += 0.0001;
                        return await given.Attach(version, Judging.Heldout(point, 0.70, 0.90));
                    case Act.Promote: return await given.Promote(version, actor: "eve");
                    case Act.ApproveAnn: return await given.Approve(version, actor: "ann");
                    case Act.ApproveBob: return await given.Approve(version, actor: "bob");
                    case Act.Reject: return await given.Api(HttpMethod.Post, "promotions/rejections", new JsonObject { ["model"] = model, ["digest"] = version.Digest, ["environment"] = "production", ["reason"] = "no" }, actor: "ann");
                    case Act.RollBack: return await given.RollBack(model);
                    default:
                        limit -= 0.001;
                        return await given.APolicy(model, approvals, limit: limit.ToString("0.000"));
                }
            }

            async Task Deserved(JsonNode promotion, int version)
            {
                proven[version].ShouldBeTrue("its newest measurement proves the rule");
                var verdict = (await Given.Ok(given.Api(HttpMethod.Get, $"verdicts/{promotion["verdict_digest"]}"))).Json;
                ((string?)verdict["verdict"]).ShouldBe("passed");
                var people = promotion["approvals"]!.AsArray();
                people.Select(a => (string?)a!["by"]).Distinct().Count().ShouldBe(2);
                people.ShouldAllBe(a => (string?)a!["verdict_digest"] == (string?)promotion["verdict_digest"]);
            }
        }, iter: 12, threads: 1);
    }

    static void Chained(JsonArray history)
    {
        for (var i = 0; i + 1 < history.Count; i++)
            ((string?)history[i]!["replaces"]).ShouldBe((string?)history[i + 1]!["digest"]);
    }
}
