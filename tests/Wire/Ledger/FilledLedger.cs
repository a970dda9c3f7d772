using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Assay.Server.Identity;
using Assay.Server.Ledger;
using Assay.Server.Storage;
using Assay.Tests.Builders;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Tests.Wire.Ledger;

/// <summary>A server with a ledger of so many entries, written as requests write them, and hands that reach behind its back.</summary>
sealed class FilledLedger(TestServer server)
{
    static readonly string[] Tables = ["ledger_entry", "ledger_tile", "ledger_head", "ledger_text"];

    public TestServer Server => server;

    public Store Store => server.Services.GetRequiredService<Store>();

    public static async Task<FilledLedger> Of(Servers servers, Engine engine, int entries)
    {
        var filled = new FilledLedger(await servers.Fresh(engine));
        await filled.Add(entries);
        return filled;
    }

    /// <summary>Adds entries, every tenth with a text beside it, and waits until a head tells of them.</summary>
    public async Task Add(int entries)
    {
        var (writer, texts) = (server.Services.GetRequiredService<LedgerWriter>(), server.Services.GetRequiredService<LedgerTexts>());
        var size = await Store.First(new Query<long>("SELECT COUNT(*) FROM ledger_entry", r => r.Int(0)), default);
        for (var done = 0; done < entries;)
        {
            var until = Math.Min(entries, done + 50);
            await Store.Do(async tx =>
            {
                for (var i = done; i < until; i++)
                    await writer.Record(tx, Principal.Local, LedgerActions.RunChanged, new(Model: "m", RunId: $"r{size + i}"), new JsonObject
                    {
                        ["n"] = size + i,
                        ["comment"] = i % 10 == 0 ? LedgerTexts.Told(await texts.Keep(tx, $"words {i}")) : null,
                    });
            }, default);
            done = until;
        }
        await Until.True(async () =>
        {
            await server.Services.GetRequiredService<Sequencer>().NumberPending(default);
            return await Size() == size + entries;
        }, "a head tells of all");
    }

    public async Task<long> Size() => (await server.Services.GetRequiredService<LedgerReader>().Head(default))?.Size ?? 0;

    public async Task<JsonNode> Report() =>
        (await (await server.Http.PostAsync("/api/assay/v1/ledger/verification", null)).Content.ReadFromJsonAsync<JsonNode>())!;

    public async Task<bool> IsWhole() => (bool)(await Report())["ok"]!;

    /// <summary>Remembers everything that is stored, in the database and in the folder.</summary>
    public async Task Remember()
    {
        await Store.Do(async tx =>
        {
            foreach (var table in Tables)
            {
                await tx.Execute($"DROP TABLE IF EXISTS kept_{table}");
                await tx.Execute($"CREATE TABLE kept_{table} AS SELECT * FROM {table}");
            }
        }, default);
        Copy(Folder, Folder + ".kept");
    }

    /// <summary>Makes everything as it was remembered: what somebody does who wants the newest hours to be gone.</summary>
    public async Task Rewind()
    {
        await Store.Do(async tx =>
        {
            foreach (var table in Tables)
            {
                await tx.Execute($"DELETE FROM {table}");
                await tx.Execute($"INSERT INTO {table} SELECT * FROM kept_{table}");
            }
        }, default);
        Copy(Folder + ".kept", Folder);
    }

    string Folder => Path.Combine(server.Options.Data, "checkpoints");

    static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(to))
            File.Delete(file);
        foreach (var file in Directory.EnumerateFiles(from))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
    }
}
