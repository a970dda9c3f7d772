using System.Text.Json.Nodes;
using Assay.Server.Identity;
using Assay.Server.Storage;
using Assay.Tests.Builders;

namespace Assay.Tests.Wire.Identity;

/// <summary>The registry signs with a new key; what the old one signed stays believable.</summary>
public sealed class KeyRotation(Servers servers)
{
    [Theory, BothEngines]
    public async Task What_was_signed_before_is_believed_after(Engine engine)
    {
        var before = await servers.Fresh(engine);
        var version = await before.Given.AMeasured();
        await before.Given.APolicy(version.Model);
        await Given.Ok(before.Given.Attach(version, Judging.Heldout(0.90, 0.88, 0.92)), System.Net.HttpStatusCode.Created);
        var old = await Key(before);
        await before.Stop();
        await using var after = await TestServer.Start(before.Options with { RotateKey = true });
        var now = (await Given.Ok(after.Given.Api(HttpMethod.Get, "keys"))).Json["keys"]!.AsArray();
        ((string?)now[0]!["keyid"]).ShouldNotBe(old);
        ((string?)now[1]!["keyid"]).ShouldBe(old);
        ((bool?)now[1]!["retired"]).ShouldBe(true);
        ((string?)(await Given.Ok(after.Given.Gate(version))).Json["verdict"]).ShouldBe("passed");
        await Until.True(async () => (await after.Given.Api(HttpMethod.Get, "ledger/entries?limit=1000")).Text.Contains("key.rotated", StringComparison.Ordinal), "the rotation is numbered");
        var report = (await Given.Ok(after.Given.Api(HttpMethod.Post, "ledger/verification"))).Json;
        ((bool)report["ok"]!).ShouldBeTrue(report.ToJsonString());
        // A start without the flag goes on with the new key.
        await after.Stop();
        await using var later = await TestServer.Start(before.Options);
        (await Key(later)).ShouldBe((string)now[0]!["keyid"]!);
    }

    [Theory, BothEngines]
    public async Task A_rotation_that_was_cut_short_is_ended_by_the_next_start(Engine engine)
    {
        var before = await servers.Fresh(engine);
        await before.Stop();
        var (file, next) = (KeyRing.FileIn(before.Options.Data), KeyRing.FileIn(before.Options.Data) + ".next");
        var old = File.ReadAllText(file);
        await (await TestServer.Start(before.Options with { RotateKey = true })).Stop();
        // As a power cut leaves it: the database knows the new key, the file is not in its place yet.
        File.Move(file, next);
        File.WriteAllText(file, old);
        await using var again = await TestServer.Start(before.Options);
        (await Key(again)).ShouldNotBeNull();
        File.Exists(next).ShouldBeFalse();
        File.ReadAllText(file).ShouldNotBe(old);
    }

    static async Task<string?> Key(TestServer server) => (string?)(await Given.Ok(server.Given.Api(HttpMethod.Get, "keys"))).Json["keys"]![0]!["keyid"];
}
