using System.Text.Json.Nodes;
using Assay.Client.Verification;
using Assay.Contracts;
using Assay.Contracts.Evidence;

namespace Assay.Tests.Unit.Verification;

/// <summary>What nobody touched verifies; every attack is found.</summary>
public sealed class OfflineVerification
{
    [Fact]
    public async Task What_nobody_touched_verifies()
    {
        using var folder = new SignedFolder();
        var report = await folder.Verify(maxAge: TimeSpan.FromDays(1), digest: folder.Digest);
        report.Ok.ShouldBeTrue(string.Join("; ", report.Failures));
        report.Digest.ShouldBe(folder.Digest);
        using var back = new SignedFolder(rolledBack: true);
        (await back.Verify()).Ok.ShouldBeTrue("a rollback approves too");
    }

    [Fact]
    public async Task A_flipped_byte_of_any_file_is_found()
    {
        using var folder = new SignedFolder();
        foreach (var file in Directory.EnumerateFiles(folder.Folder, "*", SearchOption.AllDirectories))
        {
            var whole = await File.ReadAllBytesAsync(file);
            for (var i = 0; i < whole.Length; i += Math.Max(1, whole.Length / 7))
            {
                var flipped = whole.ToArray();
                flipped[i] ^= 1;
                await File.WriteAllBytesAsync(file, flipped);
                (await folder.Verify()).Ok.ShouldBeFalse($"{file} byte {i}");
            }
            await File.WriteAllBytesAsync(file, whole);
        }
        (await folder.Verify()).Ok.ShouldBeTrue();
    }

    [Theory]
    [InlineData("model/extra.txt"), InlineData("model/data/second.onnx")]
    public async Task A_file_that_the_manifest_does_not_name_is_found(string path)
    {
        using var folder = new SignedFolder();
        await File.WriteAllTextAsync(Path.Combine(folder.Folder, path), "x");
        (await folder.Verify()).Failures.ShouldHaveSingleItem().Name.ShouldBe("files");
    }

    [Fact]
    public async Task A_link_in_place_of_a_file_is_found()
    {
        using var folder = new SignedFolder();
        var file = Path.Combine(folder.Folder, "model", "MLmodel");
        File.Move(file, Path.Combine(folder.Folder, "elsewhere"));
        File.CreateSymbolicLink(file, Path.Combine(folder.Folder, "elsewhere"));
        (await folder.Verify()).Ok.ShouldBeFalse();
    }

    [Theory]
    [InlineData("staging", "primary", "fraud"), InlineData("production", "canary", "fraud"), InlineData("production", "primary", "churn")]
    public async Task An_approval_for_another_environment_slot_or_model_is_found(string environment, string slot, string model)
    {
        using var folder = new SignedFolder();
        (await folder.Verify(environment, slot, model)).Ok.ShouldBeFalse();
    }

    [Fact]
    public async Task An_expired_promotion_fails()
    {
        using var folder = new SignedFolder(notAfter: SignedFolder.Now);
        (await folder.Verify()).Failures.ShouldHaveSingleItem().Name.ShouldBe("not after");
    }

    [Fact]
    public async Task A_foreign_key_signs_nothing()
    {
        using var folder = new SignedFolder();
        using var foreign = SigningKey.Create();
        var report = await folder.Verify(trust: new(folder.Trust.Origin, [foreign.Verifier]));
        report.Failures.Select(f => f.Name).ShouldBe(["promotion", "verdict", "ledger"], ignoreOrder: true);
        (await folder.Verify(trust: folder.Trust with { Origin = "assay/other" })).Failures.ShouldHaveSingleItem().Name.ShouldBe("ledger");
    }

    [Fact]
    public async Task Another_versions_promotion_verdict_evidence_or_entry_is_found()
    {
        using var folder = new SignedFolder();
        using var other = new SignedFolder(slot: "canary");
        foreach (var part in new[] { "promotion", "verdict", "evidence", "ledger", "manifest", "digest" })
        {
            var whole = folder.Json[part]!.DeepClone();
            folder.Json[part] = part is "digest" ? Digest.Of("other").ToString() : part is "evidence" ? new JsonArray(About(folder, Digest.Of("other"))) : other.Json[part]!.DeepClone();
            (await folder.Verify(trust: new(folder.Trust.Origin, [.. folder.Trust.Keys, .. other.Trust.Keys]))).Ok.ShouldBe(part == "manifest", part);
            folder.Json[part] = whole;
        }
    }

    [Fact]
    public async Task A_statement_about_another_digest_by_the_right_key_is_found()
    {
        using var folder = new SignedFolder();
        folder.Json["promotion"] = folder.Signed(Statement.About("fraud", Digest.Of("other"), Statement.Promotion, new()
        {
            ["environment"] = "production",
            ["model"] = "fraud",
            ["slot"] = "primary",
            ["not_after"] = "2030-01-01T00:00:00Z",
        })).ToJson();
        (await folder.Verify()).Failures.ShouldContain(f => f.Name == "promotion");
    }

    [Fact]
    public async Task Another_promotion_than_the_one_in_the_ledger_is_found()
    {
        using var folder = new SignedFolder();
        var said = (JsonObject)JsonNode.Parse(DsseEnvelope.Read(folder.Json["promotion"])!.PayloadBytes())!;
        said["predicate"]!["not_after"] = "2040-01-01T00:00:00Z";
        folder.Json["promotion"] = folder.Signed(said).ToJson();
        (await folder.Verify()).Failures.ShouldHaveSingleItem().Name.ShouldBe("ledger");
    }

    [Fact]
    public async Task A_head_older_than_wanted_is_found()
    {
        using var folder = new SignedFolder();
        (await folder.Verify(maxAge: TimeSpan.FromMinutes(30))).Failures.ShouldHaveSingleItem().Name.ShouldBe("age");
    }

    [Fact]
    public async Task Evidence_that_the_verdict_rests_on_must_be_there()
    {
        using var folder = new SignedFolder();
        folder.Json["evidence"] = new JsonArray();
        (await folder.Verify()).Failures.ShouldHaveSingleItem().Name.ShouldBe("evidence");
    }

    [Fact]
    public async Task A_bundle_with_anything_missing_or_of_another_type_fails_and_never_throws()
    {
        using var folder = new SignedFolder();
        JsonNode?[] nonsense = [null, 7, "x", new JsonArray(), new JsonObject()];
        foreach (var part in folder.Json.Select(p => p.Key).Where(p => p is not ("keys" or "run" or "manifest" or "config")).ToList())
            foreach (var value in nonsense)
            {
                var whole = folder.Json[part]!.DeepClone();
                folder.Json[part] = value?.DeepClone();
                (await folder.Verify()).Ok.ShouldBeFalse($"{part} = {value?.ToJsonString() ?? "null"}");
                folder.Json[part] = whole;
            }
    }

    [Theory]
    [InlineData("../x"), InlineData("/etc/passwd"), InlineData("a/../../x"), InlineData("a//b"), InlineData("."), InlineData(".."), InlineData("a/."), InlineData(""), InlineData("a\\..\\b"), InlineData("a\nb"), InlineData("a\0b")]
    public void Paths_that_leave_the_folder_are_none(string path) => SafePath.IsInside(path).ShouldBeFalse();

    static JsonObject About(SignedFolder folder, Digest digest) => folder.Signed(Statement.About("fraud", digest, Statement.Evaluation, new() { ["kind"] = "invariants" })).ToJson();
}
