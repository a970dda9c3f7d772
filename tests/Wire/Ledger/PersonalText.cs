using System.Net;
using System.Text.Json.Nodes;
using Assay.Server.Ledger;
using Assay.Server.Storage;
using Assay.Tests.Builders;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Tests.Wire.Ledger;

/// <summary>Comments and reasons: beside the ledger, under a salted hash, so that they can be erased.</summary>
public sealed class PersonalText(Servers servers)
{
    [Theory, BothEngines]
    public async Task A_reason_is_shown_wherever_it_was_but_only_its_hash_is_in_the_ledger(Engine engine)
    {
        var (server, model, entry) = await RolledBack(engine, "because Mallory says so");
        var line = (await Given.Ok(server.Given.Api(HttpMethod.Get, $"ledger/entries/{entry}"))).Json;
        var hash = (string)line["entry"]!["detail"]!["reason"]!["text_sha256"]!;
        ((string?)line["texts"]![hash]).ShouldBe("because Mallory says so");
        hash.ShouldNotBe(Contracts.Digest.Of("because Mallory says so").Hex, "a hash without salt could be guessed");
        (await Everything(server)).ShouldNotContain("Mallory");
        (await Slot(server, model)).ShouldContain("because Mallory says so");
        (await server.Http.GetStringAsync($"/ledger/{entry}")).ShouldContain("because Mallory says so");
        (await server.Http.GetStringAsync("/ledger")).ShouldContain("because Mallory says so");
    }

    [Theory, BothEngines]
    public async Task An_erased_text_is_gone_everywhere_and_the_ledger_still_verifies(Engine engine)
    {
        var (server, model, entry) = await RolledBack(engine, "because Mallory says so");
        var erased = await Given.Ok(server.Given.Api(HttpMethod.Post, "ledger/erasures", new JsonObject { ["entry"] = entry, ["reason"] = "she asked for it" }));
        erased.Json["texts"]!.AsArray().Count.ShouldBe(1);
        (await Slot(server, model)).ShouldContain("(erased)");
        foreach (var address in new[] { $"/ledger/{entry}", "/ledger", $"/api/assay/v1/ledger/entries/{entry}", $"/api/assay/v1/environments/production/models/{model}/why" })
            (await server.Http.GetStringAsync(address)).ShouldNotContain("Mallory", Case.Sensitive, address);
        var store = server.Services.GetRequiredService<Store>();
        foreach (var column in new[] { "promotions_promotion.reason", "promotions_step.words", "promotions_request.comment", "promotions_decision.comment", "ledger_text.words" })
            (await store.First(new Query<long>($"SELECT COUNT(*) FROM {column.Split('.')[0]} WHERE {column.Split('.')[1]} LIKE '%Mallory%'", r => r.Int(0)), default)).ShouldBe(0, column);
        await Until.True(async () => (await server.Services.GetRequiredService<LedgerReader>().Entry((string)erased.Json["entry"]!, default))?.Seq is not null, "the erasure is numbered");
        var report = (await Given.Ok(server.Given.Api(HttpMethod.Post, "ledger/verification"))).Json;
        ((bool)report["ok"]!).ShouldBeTrue(report.ToJsonString());
        (await server.Given.Api(HttpMethod.Post, "ledger/erasures", new JsonObject { ["entry"] = entry, ["reason"] = "again" })).ShouldBeRefused(409, "text-erased");
    }

    [Theory, BothEngines]
    public async Task An_erasure_says_what_and_why_and_its_refusals_are_recorded(Engine engine)
    {
        var server = await servers.On(engine);
        Task<Answer> Erase(JsonObject body) => server.Given.Api(HttpMethod.Post, "ledger/erasures", body);
        (await Erase(new() { ["entry"] = "x" })).ShouldBeRefused(400, "missing-field", "reason");
        (await Erase(new() { ["reason"] = "x" })).ShouldBeRefused(400, "missing-field", "entry");
        (await Erase(new() { ["entry"] = "x", ["text"] = "y", ["reason"] = "x" })).ShouldBeRefused(400, "missing-field");
        var nothing = Given.Name("nothing");
        (await Erase(new() { ["entry"] = nothing, ["reason"] = "x" })).ShouldBeRefused(404, "no-such-text");
        await Until.True(async () => (await Given.Ok(server.Given.Api(HttpMethod.Get, "ledger/newest?limit=200"))).Json["entries"]!.AsArray()
            .Any(e => (string?)e!["entry"]!["action"] == "text.erased" && (string?)e["entry"]!["outcome"] == "refused" && e["entry"]!["detail"]!.ToJsonString().Contains(nothing, StringComparison.Ordinal)), "the attempt is in the ledger");
    }

    [Theory, BothEngines]
    public async Task Comments_and_reasons_of_people_are_erased_from_requests_too(Engine engine)
    {
        var server = await servers.Fresh(engine);
        var model = Given.Name("model");
        var version = await server.Given.ACandidate(model);
        await Given.Ok(server.Given.Attach(version, Judging.Invariants()), HttpStatusCode.Created);
        JsonObject Wish(string name, string text) => new() { ["model"] = model, ["digest"] = version.Digest, ["environment"] = "production", [name] = text };
        await Given.Ok(server.Given.Api(HttpMethod.Post, "promotions/approvals", Wish("comment", "Mallory is nice")));
        var request = (await Given.Ok(server.Given.Api(HttpMethod.Get, $"promotions?model={model}"))).Json["requests"]![0]!;
        request.ToJsonString().ShouldContain("Mallory is nice");
        var ledger = server.Services.GetRequiredService<LedgerReader>();
        List<StoredEntry> about = [];
        await Until.True(async () => (about = await ledger.NewestFirst(model, long.MaxValue, 50, default)).Exists(e => e.Action == LedgerActions.PromotionMade), "the promotion is numbered");
        foreach (var entry in about.Where(e => LedgerTexts.In(e.Body).Any()))
            await server.Given.Api(HttpMethod.Post, "ledger/erasures", new JsonObject { ["entry"] = entry.Id, ["reason"] = "asked for" });
        (await Given.Ok(server.Given.Api(HttpMethod.Get, $"promotions/{request["id"]}"))).Text.ShouldNotContain("Mallory");
    }

    async Task<(TestServer Server, string Model, string Entry)> RolledBack(Engine engine, string reason)
    {
        var server = await servers.Fresh(engine);
        var model = Given.Name("model");
        await server.Given.AChampion(model);
        await server.Given.AChampion(model);
        var made = await Given.Ok(server.Given.RollBack(model, reason: reason), HttpStatusCode.Created);
        ((string?)made.Json["reason"]).ShouldBe(reason);
        var entry = (string)made.Json["entry"]!;
        await Until.True(async () => (await server.Services.GetRequiredService<LedgerReader>().Entry(entry, default))?.Seq is not null, "the rollback is numbered");
        return (server, model, entry);
    }

    static async Task<string> Slot(TestServer server, string model) => (await Given.Ok(server.Given.Api(HttpMethod.Get, $"environments/production/models/{model}/promotions"))).Text;

    static async Task<string> Everything(TestServer server) =>
        string.Join('\n', (await server.Services.GetRequiredService<LedgerReader>().Page(0, 1000, default)).Select(e => System.Text.Encoding.UTF8.GetString(e.Body)));
}
