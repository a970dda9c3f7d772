using System.Net;
using System.Text.Json.Nodes;
using Assay.Cli.Measuring;
using Assay.Contracts;
using Assay.Contracts.Evidence;
using Assay.Server.Storage;
using Assay.Tests.Builders;

namespace Assay.Tests.Wire.Promotions;

public sealed class UsesOfData(Servers servers)
{
    static JsonObject On(string data, double value = 0.85)
    {
        var predicate = Judging.Heldout(value, value - 0.03, value + 0.03);
        predicate["dataset"]!["digest"] = Judging.Sha(Digest.Of(data).Hex);
        return predicate;
    }

    static async Task<JsonNode> Uses(Given given, string data) => (await Given.Ok(given.Api(HttpMethod.Get, $"data/{Digest.Of(data)}/uses"))).Json;

    static (long, long, long, long) Counts(JsonNode uses) => ((long)uses["versions"]!, (long)uses["measurements"]!, (long)uses["verdicts"]!, (long)uses["promotions"]!);

    [Theory, BothEngines]
    public async Task A_held_out_set_counts_the_versions_measured_on_it_and_what_was_decided_by_it(Engine engine)
    {
        var given = (await servers.On(engine)).Given;
        var data = Given.Name("heldout");
        Counts(await Uses(given, data)).ShouldBe((0, 0, 0, 0));
        var (first, second) = (await given.AMeasured(), await given.ACandidate());
        await given.APolicy(first.Model);
        await Given.Ok(given.Attach(first, On(data)), HttpStatusCode.Created);
        await Given.Ok(given.Attach(first, On(data)));
        await Given.Ok(given.Attach(first, On(data, 0.86)), HttpStatusCode.Created);
        await Given.Ok(given.Attach(second, On(data)), HttpStatusCode.Created);
        await Given.Ok(given.Attach(second, On(data + " and another")), HttpStatusCode.Created);
        var before = await Uses(given, data);
        ((long)before["versions"]!).ShouldBe(2);
        ((long)before["measurements"]!).ShouldBe(3);
        ((long)before["promotions"]!).ShouldBe(0);
        await Given.Ok(given.Promote(first), HttpStatusCode.Created);
        var after = await Uses(given, data);
        ((long)after["verdicts"]!).ShouldBeGreaterThan(0);
        ((long)after["promotions"]!).ShouldBe(1);
        after["models"]!.AsArray().Select(m => (string)m!["model"]!).ShouldBe(new[] { first.Model, second.Model }.Order(StringComparer.Ordinal));
        (await given.Api(HttpMethod.Get, "data/heldout.csv/uses")).ShouldBeRefused(400, "malformed-digest");
    }

    [Theory, BothEngines]
    public async Task Uses_by_models_that_somebody_does_not_see_are_not_counted(Engine engine)
    {
        await using var server = await servers.Fresh(engine);
        var (fraud, secret) = (Given.Name("fraud"), Given.Name("secret"));
        foreach (var model in (string[])[fraud, secret])
            await Given.Ok(server.Given.Attach(await server.Given.ACandidate(model), On("shared")), HttpStatusCode.Created);
        await server.Apply(LockedServers.Policy);
        var ann = await Uses(await server.As("ann", "fraud-readers"), "shared");
        Counts(ann).ShouldBe((1, 1, 0, 0));
        ann.ToJsonString().ShouldNotContain(secret);
        Counts(await Uses(await server.As("adam", "admins"), "shared")).ShouldBe((2, 2, 0, 0));
    }

    [Fact]
    public async Task Evidence_that_was_kept_is_checked_by_its_own_bytes_and_the_keys_that_are_believed()
    {
        var given = (await servers.On(Engine.Sqlite)).Given;
        var version = await given.ACandidate();
        var receipt = (await Given.Ok(given.Attach(version, On("kept")), HttpStatusCode.Created)).Json;
        var kept = (await Given.Ok(given.Api(HttpMethod.Get, $"evidence/{receipt["digest"]}"))).Json;
        var keys = (await given.Api(HttpMethod.Get, "keys")).Json["keys"]!.AsArray().Select(k => VerificationKey.FromBase64((string)k!["public_key"]!)!).ToList();
        EvidenceCheck.Problems(kept, keys).ShouldBeEmpty();
        EvidenceCheck.Problems(kept, []).ShouldBe(["neither the statement nor a receipt for it is signed by a key that is believed"]);
        var other = kept.DeepClone();
        other["subject"] = "sha256:" + new string('2', 64);
        EvidenceCheck.Problems(other, keys).ShouldBe(["the statement is about another version"]);
        var changed = kept.DeepClone();
        var statement = JsonNode.Parse(Convert.FromBase64String((string)kept["envelope"]!["payload"]!))!;
        statement["predicate"]!["metrics"]![0]!["value"] = "much";
        changed["envelope"]!["payload"] = Convert.ToBase64String(CanonicalJson.Bytes(statement));
        var problems = EvidenceCheck.Problems(changed, keys);
        problems.ShouldContain(p => p.StartsWith("the payload's sha256 is"));
        problems.ShouldContain(p => p.StartsWith("neither the statement"), "another piece's receipt vouches for nothing");
        problems.ShouldContain(p => p.Contains("$.metrics[0].value"));
    }
}
