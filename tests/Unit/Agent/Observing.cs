using System.Text.Json.Nodes;
using Assay.Agent;
using Assay.Agent.Targets;
using Assay.Contracts;
using Assay.Tests.Unit.Verification;

namespace Assay.Tests.Unit.Agent;

/// <summary>What an agent tells about what it looked at.</summary>
public sealed class Observing
{
    static readonly Digest A = Digest.Of("a"), B = Digest.Of("b");

    static JsonObject Body(params (string Slot, Look Look)[] looks) => ObservationBody.Of(new("production", "agent/1", []), "01HZZZZZZZZZZZZZZZZZZZZZZZ", 3, DateTimeOffset.UnixEpoch,
        [.. looks.Select(l => ((Target)new FolderTarget("/srv/x", "fraud", l.Slot), l.Look))]);

    [Fact]
    public void All_known_is_complete_and_targets_of_a_slot_share_its_traffic()
    {
        var body = Body(("primary", new(A, 5, null)), ("primary", new(A, 5, null)), ("primary", new(B, 5, null)), ("canary", new(B, 5, null)));
        ((bool)body["complete"]!).ShouldBeTrue();
        var instances = body["slots"]![0]!["instances"]!.AsArray();
        instances.Sum(i => (double)i!["share"]!).ShouldBe(1, 1e-9);
        instances.Count.ShouldBe(2);
        body["slots"]!.AsArray().Count.ShouldBe(2);
    }

    [Fact]
    public void What_cannot_be_looked_at_makes_it_incomplete_and_claims_nothing()
    {
        var body = Body(("primary", new(null, 5, "no answer")));
        ((bool)body["complete"]!).ShouldBeFalse();
        body["slots"]![0]!["instances"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_pulled_folder_gives_its_digest_and_an_altered_one_another()
    {
        using var folder = new SignedFolder();
        using var http = new HttpClient();
        var target = new FolderTarget(folder.Folder, "fraud", "primary");
        (await target.Look(http, TestContext.Current.CancellationToken)).ShouldBe(new(folder.Digest, 4, null));
        await File.AppendAllTextAsync(Path.Combine(folder.Folder, "model", "MLmodel"), "x");
        var altered = await target.Look(http, TestContext.Current.CancellationToken);
        altered.Digest.ShouldNotBeNull().ShouldNotBe(folder.Digest);
        altered.Problem.ShouldNotBeNull().ShouldContain("altered");
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_unknown()
    {
        using var http = new HttpClient();
        var look = await new FolderTarget("/nowhere/at/all", "fraud", "primary").Look(http, TestContext.Current.CancellationToken);
        look.Digest.ShouldBeNull();
        look.Problem.ShouldNotBeNull();
    }
}
