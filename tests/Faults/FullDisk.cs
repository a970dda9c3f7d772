using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using Assay.Tests.Builders;

namespace Assay.Tests.Faults;

/// <summary>A real, small disk that fills up (a tmpfs in a mount namespace of the server's own), and is freed again.</summary>
public sealed class FullDisk
{
    [Fact]
    public async Task Nothing_acknowledged_is_lost_the_reason_is_told_and_the_server_goes_on_by_itself()
    {
        var disk = Directory.CreateTempSubdirectory("assay-disk-").FullName;
        var mount = $"mount -t tmpfs -o size=48m tmpfs {disk} && head -c 30000000 /dev/zero > {disk}/filler && exec \"$@\"";
        await using (var server = await ServerProcess.Start($"{disk}/registry", null, "unshare", "--map-root-user", "--mount", "sh", "-c", mount, "sh"))
        {
            var run = await server.Given.ARun();
            var tooLarge = await server.Given.UploadBytes(run, "big.bin", new byte[20_000_000]);
            tooLarge.Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
            ((string)tooLarge.Json["message"]!).ShouldContain("nothing was kept");
            var kept = await FillDatabase(server, run);
            var together = await LogTogether(server, run);
            await Delete(server, $"{disk}/filler");
            await Given.Ok(Batch(server, run, 1_000_000, 1));
            await Given.Ok(server.Given.UploadBytes(run, "big.bin", new byte[20_000_000]));
            (await Given.Ok(server.Given.Get($"metrics/get-history?run_id={run.Id}&metric_key=loss"))).Json["metrics"]!.AsArray().Count.ShouldBe(kept + 1);
            var shared = (await Given.Ok(server.Given.Get($"metrics/get-history?run_id={run.Id}&metric_key=together"))).Json["metrics"]?.AsArray().Select(m => (int)m!["step"]!).ToHashSet() ?? [];
            together.Except(shared).ShouldBeEmpty("acknowledged and lost");
            ((bool)(await Given.Ok(server.Given.Api(HttpMethod.Post, "ledger/verification"))).Json["ok"]!).ShouldBeTrue();
        }
        Directory.Delete(disk, recursive: true);
    }

    /// <summary>Logs until the disk is full; returns how many points were acknowledged.</summary>
    static async Task<int> FillDatabase(ServerProcess server, LoggedRun run)
    {
        for (var kept = 0; kept < 1_000_000; kept += 1000)
        {
            var answer = await Batch(server, run, kept, 1000);
            if (answer.Status == HttpStatusCode.OK)
                continue;
            answer.Status.ShouldBe(HttpStatusCode.ServiceUnavailable, answer.Text);
            ((string)answer.Json["message"]!).ShouldContain("full");
            return kept;
        }
        throw new ShouldAssertException("the disk never filled up");
    }

    /// <summary>Many callers at once on the full disk, whose points share a commit; returns the steps that were acknowledged.</summary>
    static async Task<List<int>> LogTogether(ServerProcess server, LoggedRun run)
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(step => server.Given.Post("runs/log-metric", new()
        {
            ["run_id"] = run.Id,
            ["key"] = "together",
            ["value"] = 1,
            ["timestamp"] = 1,
            ["step"] = step,
        })));
        foreach (var answer in answers)
            if (answer.Status != HttpStatusCode.OK)
                answer.Status.ShouldBe(HttpStatusCode.ServiceUnavailable, answer.Text);
        return [.. Enumerable.Range(0, 64).Where(step => answers[step].Status == HttpStatusCode.OK)];
    }

    static Task<Answer> Batch(ServerProcess server, LoggedRun run, int from, int count) => server.Given.Post("runs/log-batch", new()
    {
        ["run_id"] = run.Id,
        ["metrics"] = new JsonArray([.. Enumerable.Range(from, count).Select(i => new JsonObject { ["key"] = "loss", ["value"] = i, ["timestamp"] = i, ["step"] = i })]),
    });

    /// <summary>Inside the server's own view of the disk.</summary>
    static async Task Delete(ServerProcess server, string file)
    {
        using var process = Process.Start(new ProcessStartInfo("rm", [$"/proc/{server.Id}/root{file}"]))!;
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0);
    }
}
