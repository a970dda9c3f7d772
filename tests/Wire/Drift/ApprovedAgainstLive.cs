using System.Net;
using System.Text.Json.Nodes;
using Assay.Server.Storage;
using Assay.Tests.Builders;

namespace Assay.Tests.Wire.Drift;

/// <summary>Approved, reported, observed: three things, and what differs.</summary>
public sealed class ApprovedAgainstLive(Servers servers)
{
    static readonly string Foreign = "sha256:" + new string('f', 64);

    static Task<Answer> Report(Given given, string model, string digest, string status = "deployed") => Given.Ok(given.Api(HttpMethod.Post, "deployments",
        new JsonObject { ["environment"] = "production", ["model"] = model, ["slot"] = "primary", ["digest"] = digest, ["status"] = status }), HttpStatusCode.Created);

    /// <summary>One agent per model, so that tests that share a server do not take each other's sightings away.</summary>
    static Task<Answer> Observe(Given given, string model, string? digest, long seq = 1, bool complete = true) => Given.Ok(given.Api(HttpMethod.Post, "observations", new JsonObject
    {
        ["source"] = $"agent/{model}",
        ["environment"] = "production",
        ["epoch"] = "01HZZZZZZZZZZZZZZZZZZZZZZZ",
        ["seq"] = seq,
        ["complete"] = complete,
        ["slots"] = new JsonArray(new JsonObject { ["model"] = model, ["slot"] = "primary", ["instances"] = digest is null ? new JsonArray() : new JsonArray(new JsonObject { ["digest"] = digest, ["level"] = 5, ["share"] = 1 }) }),
    }));

    static async Task<JsonNode> State(Given given, string model) => (await Given.Ok(given.Api(HttpMethod.Get, $"environments/production/models/{model}"))).Json;

    static async Task<string[]> Kinds(Given given, string model, string list = "findings") =>
        [.. (await Given.Ok(given.Api(HttpMethod.Get, $"drift?model={model}&environment=production"))).Json[list]!.AsArray().Select(f => (string)f!["kind"]!)];

    [Theory, BothEngines]
    public async Task A_report_of_something_unapproved_is_drift_at_once(Engine engine)
    {
        var given = (await servers.On(engine)).Given;
        var version = await given.ACandidate();
        await Report(given, version.Model, version.Digest);
        (await Kinds(given, version.Model)).ShouldBe(["unapproved-live"]);
        var state = await State(given, version.Model);
        ((string?)state["status"]).ShouldBe("drift");
        ((long)state["reported"]!["version"]!).ShouldBe(1);
        state["observed"]!.AsArray().ShouldBeEmpty("reported and observed are never merged");
    }

    [Theory, BothEngines]
    public async Task What_is_approved_is_green_only_when_it_is_freshly_seen(Engine engine)
    {
        var given = (await servers.On(engine)).Given;
        var version = await given.AChampion(Given.Name("model"));
        ((string?)(await State(given, version.Model))["status"]).ShouldBe("pending", "approved, and nobody reports or sees it");
        await Report(given, version.Model, version.Digest);
        ((string?)(await State(given, version.Model))["status"]).ShouldBe("claimed");
        await Observe(given, version.Model, version.Digest);
        ((string?)(await State(given, version.Model))["status"]).ShouldBe("as_approved");
        (await Kinds(given, version.Model)).ShouldBeEmpty();
    }

    [Theory, BothEngines]
    public async Task An_observer_that_cannot_look_makes_the_slot_unknown(Engine engine)
    {
        var given = (await servers.On(engine)).Given;
        var version = await given.AChampion(Given.Name("model"));
        await Report(given, version.Model, version.Digest);
        await Observe(given, version.Model, null, complete: false);
        ((string?)(await State(given, version.Model))["status"]).ShouldBe("unknown");
        (await Kinds(given, version.Model)).ShouldBe(["stale-observation"]);
    }

    [Theory, BothEngines]
    public async Task Something_else_at_the_same_address_is_unapproved_and_contradicts_the_report(Engine engine)
    {
        var given = (await servers.On(engine)).Given;
        var version = await given.AChampion(Given.Name("model"));
        await Report(given, version.Model, version.Digest);
        await Observe(given, version.Model, version.Digest);
        await Observe(given, version.Model, Foreign, seq: 2);
        (await Kinds(given, version.Model)).ShouldBe(["digest-mismatch", "unapproved-live"], ignoreOrder: true);
        (await Kinds(given, version.Model, "pending")).ShouldBe(["approved-not-live"]);
    }

    [Theory, BothEngines]
    public async Task A_moment_of_the_past_is_told_as_it_was(Engine engine)
    {
        var given = (await servers.On(engine)).Given;
        var version = await given.AMeasured();
        await Report(given, version.Model, version.Digest);
        var before = Uri.EscapeDataString((string)(await State(given, version.Model))["at"]!);
        await Given.Ok(given.Approve(version));
        ((string?)(await Given.Ok(given.Api(HttpMethod.Get, $"environments/production/models/{version.Model}?at={before}"))).Json["status"]).ShouldBe("drift", "nothing was approved then");
        ((string?)(await State(given, version.Model))["status"]).ShouldBe("claimed");
        (await given.Api(HttpMethod.Get, $"environments/production/models/{version.Model}?at=2999-01-01T00:00Z")).ShouldBeRefused(400, "future");
    }
}
