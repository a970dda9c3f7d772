using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Assay.Server.Identity;
using Assay.Server.Ledger;
using Assay.Server.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Tests.Wire.Ledger;

public sealed class Verification(Servers servers)
{
    [Theory, BothEngines]
    public async Task An_untouched_ledger_verifies(Engine engine)
    {
        var server = await WithEntries(engine, 37);
        var report = await Report(server);
        ((bool)report["ok"]!).ShouldBeTrue(report.ToJsonString());
        ((long)report["size"]!).ShouldBe(37);
    }

    [Theory, BothEngines]
    public async Task Every_altered_column_and_every_removed_or_swapped_entry_is_found(Engine engine)
    {
        var server = await WithEntries(engine, 9);
        var store = server.Services.GetRequiredService<Store>();
        var rows = await store.All(new Query<(string Id, long Seq)>("SELECT id, seq FROM ledger_entry ORDER BY seq", r => (r.Text(0), r.Int(1))), default);
        string[] harms =
        [
            "UPDATE ledger_entry SET action = 'version.admitted' WHERE seq = 3",
            "UPDATE ledger_entry SET outcome = 'refused' WHERE seq = 3",
            "UPDATE ledger_entry SET actor = 'person:eve' WHERE seq = 3",
            "UPDATE ledger_entry SET model = 'other' WHERE seq = 3",
            "UPDATE ledger_entry SET digest = 'sha256:" + new string('1', 64) + "' WHERE seq = 3",
            "UPDATE ledger_entry SET run_id = 'other' WHERE seq = 3",
            "UPDATE ledger_entry SET environment = 'production' WHERE seq = 3",
            "UPDATE ledger_entry SET at_ms = at_ms + 1 WHERE seq = 3",
            "UPDATE ledger_entry SET id = 'x' WHERE seq = 3",
            "UPDATE ledger_entry SET body = leaf WHERE seq = 3",
            "UPDATE ledger_entry SET leaf = body WHERE seq = 3",
            "UPDATE ledger_entry SET seq = 99 WHERE seq = 3",
            "DELETE FROM ledger_entry WHERE seq = 3",
            "DELETE FROM ledger_entry WHERE seq = 8",
            "DELETE FROM ledger_tile",
            "UPDATE ledger_tile SET hashes = (SELECT leaf FROM ledger_entry WHERE seq = 1) WHERE level = 0 AND position = 0",
            "INSERT INTO ledger_tile (level, position, hashes) SELECT 1, 0, leaf FROM ledger_entry WHERE seq = 1",
            "DELETE FROM ledger_head",
            "UPDATE ledger_head SET root = (SELECT leaf FROM ledger_entry WHERE seq = 1)",
            "UPDATE ledger_head SET at_ms = at_ms + 1",
        ];
        foreach (var harm in harms)
            (await FoundAfter(store, server, [harm])).ShouldBeTrue(harm);
        (await FoundAfter(store, server, ["UPDATE ledger_entry SET seq = 99 WHERE seq = 3", "UPDATE ledger_entry SET seq = 3 WHERE seq = 4", "UPDATE ledger_entry SET seq = 4 WHERE seq = 99"])).ShouldBeTrue("swapped");
        (await FoundAfter(store, server, ["DELETE FROM ledger_entry WHERE seq = 8", "DELETE FROM ledger_head WHERE size = 9"])).ShouldBeTrue("the newest, with its head");
        ((bool)(await Report(server))["ok"]!).ShouldBeTrue("the harm is undone again");
        rows.Count.ShouldBe(9);
    }

    /// <summary>Does the harm in a copy of the tables, asks for a verification, and puts everything back.</summary>
    static async Task<bool> FoundAfter(Store store, TestServer server, string[] harms)
    {
        string[] tables = ["ledger_entry", "ledger_tile", "ledger_head"];
        await store.Do(async tx =>
        {
            foreach (var table in tables)
                await tx.Execute($"CREATE TABLE kept_{table} AS SELECT * FROM {table}");
            foreach (var harm in harms)
                await tx.Execute(harm);
        }, default);
        var report = await Report(server);
        await store.Do(async tx =>
        {
            foreach (var table in tables)
            {
                await tx.Execute($"DELETE FROM {table}");
                await tx.Execute($"INSERT INTO {table} SELECT * FROM kept_{table}");
                await tx.Execute($"DROP TABLE kept_{table}");
            }
        }, default);
        return !(bool)report["ok"]! && report["findings"]!.AsArray().Count > 0;
    }

    async Task<TestServer> WithEntries(Engine engine, int count)
    {
        var server = await servers.Fresh(engine);
        var store = server.Services.GetRequiredService<Store>();
        var writer = server.Services.GetRequiredService<LedgerWriter>();
        var sequencer = server.Services.GetRequiredService<Sequencer>();
        for (var i = 0; i < count; i++)
        {
            await store.Do(tx => writer.Record(tx, Principal.Local, "run.created", new(Model: "m", RunId: $"r{i}"), new JsonObject { ["n"] = i }), default);
            if (i % 4 == 3 || i == count - 1)
                while ((long)(await Report(server))["size"]! <= i)
                    await sequencer.NumberPending(default);
        }
        return server;
    }

    static async Task<JsonNode> Report(TestServer server) =>
        (await (await server.Http.PostAsync("/api/assay/v1/ledger/verification", null)).Content.ReadFromJsonAsync<JsonNode>())!;
}
