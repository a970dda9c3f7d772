using System.Text.RegularExpressions;
using Assay.Server.Storage;
using Assay.Tests.Builders;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Tests.Faults;

public sealed class Durability(Servers servers)
{
    [Theory, BothEngines]
    public async Task Acknowledged_means_on_stable_storage_says_the_engine_itself(Engine engine)
    {
        var server = await servers.On(engine);
        var store = server.Services.GetRequiredService<Store>();
        string[] settings = engine is Engine.Sqlite ? ["PRAGMA synchronous", "PRAGMA journal_mode"] : ["SHOW fsync", "SHOW synchronous_commit"];
        List<string> said = [];
        await store.Do(async tx =>
        {
            foreach (var setting in settings)
                said.Add((await tx.First(new Query<string>(setting, r => r.TextOrNull(0) ?? "")))!);
        }, default);
        said.ShouldBe(engine is Engine.Sqlite ? ["2", "wal"] : ["on", "on"]);
    }

    [Fact]
    public async Task An_upload_and_a_write_are_synced_before_they_are_answered()
    {
        var data = Directory.CreateTempSubdirectory("assay sync ").FullName;
        var trace = Path.Combine(data, "trace");
        await using (var server = await ServerProcess.Start(Path.Combine(data, "registry"), null, "strace", "-f", "-y", "-qq", "-e", "trace=fsync,fdatasync,rename", "-o", trace))
        {
            var run = await server.Given.ARun();
            var before = (await File.ReadAllLinesAsync(trace)).Length;
            await Given.Ok(server.Given.Upload(run, "model/weights.bin", "weights"));
            var calls = (await File.ReadAllLinesAsync(trace))[before..];
            // The bytes, then their name, then the folder that has the name, then the row.
            Index(calls, "fsync.*incoming").ShouldBeLessThan(Index(calls, "rename.*blobs"));
            Index(calls, "rename.*blobs").ShouldBeLessThan(Index(calls, "fsync.*blobs/"));
            Index(calls, "fsync.*blobs/").ShouldBeLessThan(Index(calls, "f(data)?sync.*assay.db-wal"));
            before = (await File.ReadAllLinesAsync(trace)).Length;
            await Given.Ok(server.Given.Post("runs/log-metric", new() { ["run_id"] = run.Id, ["key"] = "auc", ["value"] = 1, ["timestamp"] = 1 }));
            Index((await File.ReadAllLinesAsync(trace))[before..], "f(data)?sync.*assay.db-wal").ShouldBeGreaterThanOrEqualTo(0);
        }
        Directory.Delete(data, recursive: true);
    }

    static int Index(string[] calls, string pattern)
    {
        var at = Array.FindIndex(calls, c => Regex.IsMatch(c, pattern));
        at.ShouldBeGreaterThanOrEqualTo(0, $"no call like {pattern} in\n{string.Join('\n', calls)}");
        return at;
    }
}
