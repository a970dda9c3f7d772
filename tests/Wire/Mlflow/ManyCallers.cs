using System.Globalization;
using System.Text.Json;
using Assay.Contracts;
using Assay.Server.Storage;
using Assay.Server.Tracking;
using CsCheck;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Tests.Wire.Mlflow;

/// <summary>Points that many log at the same moment share a unit of work; nobody notices.</summary>
public sealed class ManyCallers(Servers servers)
{
    static readonly double[] Values = [double.NaN, double.PositiveInfinity, double.NegativeInfinity, -1, 0, 1];

    [Theory, BothEngines]
    public async Task Each_is_answered_for_itself_whoever_calls_at_the_same_moment(Engine engine)
    {
        var server = await servers.On(engine);
        var open = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => server.ARun()));
        var (gone, shut) = (await server.ARun(), await server.ARun());
        (await server.LogMetric(shut, "m", 1)).Good.ShouldNotBeNull();
        (await server.Post("/runs/delete", new { run_id = gone })).Good.ShouldNotBeNull();
        await server.Services.GetRequiredService<Store>().Do(tx => server.Services.GetRequiredService<RunSeals>().Seal(tx, shut, new("fraud", 1, Digest.Of("v"), Digest.Of("s"))), TestContext.Current.CancellationToken);
        var calls = Enumerable.Range(0, 120).Select<int, (int, Task<Reply>)>(i => (i % 8) switch
        {
            < 4 => (200, server.LogMetric(open[i % 8], "m", i, timestamp: i, step: i)),
            4 => (404, server.LogMetric(new string('0', 32), "m", i)),
            5 => (400, server.LogMetric(gone, "m", i)),
            6 => (409, server.LogMetric(shut, "m", i + 2)),
            _ => (200, server.LogMetric(shut, "m", 1)),
        }).ToList();
        foreach (var (status, reply) in calls)
            ((int)(await reply).Status).ShouldBe(status, (await reply).Text);
        for (var r = 0; r < 4; r++)
        {
            (await server.Get($"/metrics/get-history?run_id={open[r]}&metric_key=m")).Good["metrics"]!.AsArray().Count.ShouldBe(15);
            ((long)(await server.Run(open[r]))["data"]!["metrics"]![0]!["step"]!).ShouldBe(112 + r);
        }
        (await server.Get($"/metrics/get-history?run_id={shut}&metric_key=m")).Good["metrics"]!.AsArray().Count.ShouldBe(1);
    }

    [Theory, BothEngines]
    public async Task The_newest_point_is_the_greatest_whatever_overtakes_what(Engine engine)
    {
        var server = await servers.On(engine);
        var gen = Gen.Select(Gen.Long[-1, 2], Gen.Long[0, 2], Gen.Int[0, Values.Length - 1].Select(i => Values[i])).Array[2, 30];
        for (var round = 0; round < 8; round++)
        {
            var points = gen.Single();
            var run = await server.ARun();
            foreach (var reply in await Task.WhenAll(points.Select(p => server.LogMetric(run, "m", double.IsFinite(p.Item3) ? p.Item3 : p.Item3.ToString(CultureInfo.InvariantCulture), p.Item2, p.Item1))))
                reply.Good.ShouldNotBeNull();
            var (step, time, value) = points.MaxBy(p => (p.Item1, p.Item2, Stored(p.Item3)));
            var shown = (await server.Run(run))["data"]!["metrics"]![0]!;
            ((long)shown["step"]!, (long)shown["timestamp"]!).ShouldBe((step, time));
            (shown["value"]!.GetValueKind() is JsonValueKind.String ? 0 : (double)shown["value"]!).ShouldBe(Stored(value));
        }
    }

    [Theory, BothEngines]
    public async Task Pages_show_every_run_once_while_others_are_made_and_ended(Engine engine)
    {
        var server = await servers.On(engine);
        var experiment = await server.AnExperiment();
        var runs = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => server.ARun(experiment, start: i % 5)));
        foreach (var run in runs)
            (await server.Post("/runs/set-tag", new { run_id = run, key = "team", value = "a" })).Good.ShouldNotBeNull();
        using var end = new CancellationTokenSource();
        var writing = Task.Run(async () =>
        {
            for (var i = 0; !end.IsCancellationRequested; i++)
            {
                var run = await server.ARun(experiment, start: i % 7);
                await server.Post("/runs/set-tag", new { run_id = run, key = "team", value = "a" });
                await server.Post("/runs/update", new { run_id = runs[i % 40], status = i % 2 == 0 ? "FINISHED" : "RUNNING" });
            }
        });
        foreach (var filter in (string[])["", "tags.team = 'a'"])
        {
            List<string> seen = [];
            string? token = null;
            do
            {
                var page = (await server.Post("/runs/search", new { experiment_ids = new[] { experiment }, filter, max_results = 7, page_token = token })).Good;
                seen.AddRange(page["runs"]!.AsArray().Select(r => (string)r!["info"]!["run_id"]!));
                token = (string?)page["next_page_token"];
            }
            while (token is not null);
            seen.ShouldBeUnique();
            runs.Except(seen).ShouldBeEmpty();
        }
        await end.CancelAsync();
        await writing;
    }

    static double Stored(double value) => double.IsNaN(value) ? 0 : Math.Clamp(value, double.MinValue, double.MaxValue);
}
