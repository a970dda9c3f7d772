using System.Net;
using System.Text.Json.Nodes;
using Assay.Server.Ledger;
using Assay.Server.Storage;
using Assay.Tests.Builders;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Tests.Wire.Drift;

/// <summary>What is said of a moment of the past is what the ledger's entries up to that moment say.</summary>
public sealed class TellingThePast(Servers servers)
{
    [Theory, BothEngines]
    public async Task Approved_reported_last_good_and_timeline_agree_with_the_ledger_at_every_turn(Engine engine)
    {
        var server = await servers.On(engine);
        var (given, model) = (server.Given, Given.Name("model"));
        var first = await given.AChampion(model);
        await Report(given, model, first.Digest);
        var second = await given.AChampion(model);
        await Report(given, model, second.Digest);
        await Given.Ok(given.RollBack(model), HttpStatusCode.Created);
        var third = await given.AChampion(model);
        await Given.Ok(given.RollBack(model, to: second.Digest), HttpStatusCode.Created);
        await Report(given, model, third.Digest);

        var told = await Told(server, model, wanted: 8);
        for (var i = 0; i < told.Count; i++)
        {
            var (at, now) = (told[i].At, told[..(i + 1)]);
            var state = await Ask(given, $"environments/production/models/{model}", at);
            ((string?)state["approved"]?["digest"]).ShouldBe(now.LastOrDefault(e => e.Promotion)?.Digest, $"approved after entry {i}");
            ((string?)state["reported"]?["digest"]).ShouldBe(now.LastOrDefault(e => !e.Promotion)?.Digest, $"reported after entry {i}");
            var why = await Ask(given, $"environments/production/models/{model}/why", at);
            if ((string?)why["reported"]?["digest"] == (string?)why["approved"]?["digest"])
                ((string?)why["last_good"]?["digest"]).ShouldBe(LastGood([.. now.Where(e => e.Promotion)]), $"last good after entry {i}");
            why["timeline"]!.AsArray().ShouldAllBe(e => (DateTimeOffset)e!["at"]! <= at);
        }
        var before = await Ask(given, $"environments/production/models/{model}", told[0].At.AddDays(-1));
        before["approved"].ShouldBeNull();
    }

    sealed record Turn(DateTimeOffset At, bool Promotion, bool RollBack, string Digest);

    /// <summary>What was approved before, the newest first, but for what a rollback left and nobody approved again.</summary>
    static string? LastGood(IReadOnlyList<Turn> promotions)
    {
        var left = new HashSet<string>();
        for (var i = 0; i < promotions.Count; i++)
        {
            if (promotions[i].RollBack)
                left.Add(promotions[i - 1].Digest);
            left.Remove(promotions[i].Digest);
        }
        return promotions.Reverse().Select(p => p.Digest).FirstOrDefault(digest => digest != promotions[^1].Digest && !left.Contains(digest));
    }

    static async Task<List<Turn>> Told(TestServer server, string model, int wanted)
    {
        List<Turn> turns = [];
        await Until.True(async () => (turns = [.. (await server.Services.GetRequiredService<LedgerReader>().NewestFirst(model, long.MaxValue, 500, default))
            .Where(e => e.Outcome == "allowed" && e.Action is LedgerActions.PromotionMade or LedgerActions.PromotionRolledBack or LedgerActions.DeploymentReported).Reverse()
            .Select(e => new Turn(DateTimeOffset.FromUnixTimeMilliseconds(e.AtMs), e.Action != LedgerActions.DeploymentReported, e.Action == LedgerActions.PromotionRolledBack, e.Digest!.Value.ToString()))]).Count == wanted, "all is numbered");
        return turns;
    }

    static async Task<JsonNode> Ask(Given given, string path, DateTimeOffset at) => (await Given.Ok(given.Api(HttpMethod.Get, $"{path}?at={at.UtcDateTime:yyyy-MM-ddTHH:mm:ss.fffZ}"))).Json;

    static Task<Answer> Report(Given given, string model, string digest) => Given.Ok(given.Api(HttpMethod.Post, "deployments",
        new JsonObject { ["environment"] = "production", ["model"] = model, ["digest"] = digest, ["status"] = "deployed" }), HttpStatusCode.Created);
}
