using System.Text.Json.Nodes;
using Assay.Server.Storage;
using CsCheck;

namespace Assay.Tests.Wire.Mlflow;

public sealed class MetricLife(Servers servers)
{
    [Theory, BothEngines]
    public async Task A_history_is_in_order_of_time_and_pages_exactly(Engine engine)
    {
        var server = await servers.On(engine);
        var run = await server.ARun();
        var points = Enumerable.Range(0, 25).Select(i => new { key = "m", value = (object)(i == 7 ? "NaN" : i % 4 * 0.5), timestamp = (long)(i * 7 % 5), step = (long)(i % 6 - 2) }).ToList();
        for (var i = 0; i < 2; i++) // again: nothing changes
            (await server.Post("/runs/log-batch", new { run_id = run, metrics = points })).Good.ShouldNotBeNull();
        var whole = History((await server.Get($"/metrics/get-history?run_uuid={run}&metric_key=m")).Good);
        whole.Count.ShouldBe(points.DistinctBy(p => (p.timestamp, p.step, p.value.ToString())).Count());
        whole.ShouldBe(whole.OrderBy(p => p.Time).ThenBy(p => p.Step).ThenBy(p => p.Value == "NaN" ? 0 : double.Parse(p.Value, System.Globalization.CultureInfo.InvariantCulture)).ToList());
        List<(long, long, string)> paged = [];
        string? token = null;
        do
        {
            var page = (await server.Get($"/metrics/get-history?run_id={run}&metric_key=m&max_results=7&page_token={token}")).Good;
            paged.AddRange(History(page));
            token = (string?)page["next_page_token"];
        }
        while (token is not null);
        paged.ShouldBe(whole.Select(p => (p.Time, p.Step, p.Value)));
        (await server.Get($"/metrics/get-history?run_id={run}&metric_key=none")).Good.AsObject().Count.ShouldBe(0);
        (await server.Get($"/metrics/get-history?run_id={run}&metric_key=m&max_results=7&page_token=zz")).ShouldBeRefused(400, "INVALID_PARAMETER_VALUE", "page_token");
        (await server.Get($"/metrics/get-history?run_id={run}")).ShouldBeRefused(400, "INVALID_PARAMETER_VALUE", "Missing value for required parameter 'metric_key'");
    }

    [Theory, BothEngines]
    public async Task The_newest_point_is_the_greatest_by_step_time_and_value_however_points_arrive(Engine engine)
    {
        var server = await servers.On(engine);
        var gen = Gen.Select(Gen.Long[-2, 3], Gen.Long[0, 3], Gen.Int[-1, 3]).List[1, 20];
        for (var i = 0; i < 15; i++)
        {
            var points = gen.Single();
            var run = await server.ARun();
            foreach (var batch in points.Chunk(3))
                (await server.Post("/runs/log-batch", new { run_id = run, metrics = batch.Select(p => new { key = "m", value = p.Item3 == -1 ? "NaN" : (object)p.Item3, timestamp = p.Item2, step = p.Item1 }) })).Good.ShouldNotBeNull();
            var (step, time, value) = points.MaxBy(p => (p.Item1, p.Item2, p.Item3 == -1 ? 0 : p.Item3));
            var shown = (await server.Run(run))["data"]!["metrics"]![0]!;
            ((long)shown["step"]!, (long)shown["timestamp"]!).ShouldBe((step, time));
            var number = shown["value"]!.GetValueKind() is System.Text.Json.JsonValueKind.String ? 0 : (double)shown["value"]!;
            number.ShouldBe(value == -1 ? 0 : value);
        }
    }

    [Theory, BothEngines]
    public async Task Not_finite_values_come_back_as_MLflow_has_them(Engine engine)
    {
        var server = await servers.On(engine);
        var run = await server.ARun();
        foreach (var value in (string[])["NaN", "Infinity", "-Infinity"])
            (await server.LogMetric(run, value, value)).Good.ShouldNotBeNull();
        var metrics = (await server.Run(run))["data"]!["metrics"]!.AsArray().ToDictionary(m => (string)m!["key"]!, m => m!["value"]!);
        ((string)metrics["NaN"]!).ShouldBe("NaN");
        ((double)metrics["Infinity"]).ShouldBe(1.7976931348623157e308);
        ((double)metrics["-Infinity"]).ShouldBe(-1.7976931348623157e308);
        (await server.LogMetric(run, "m", 1, timestamp: -1)).ShouldBeRefused(400, "INVALID_PARAMETER_VALUE", "timestamp");
        (await server.LogMetric(run, "m", 1, step: -1)).Good.ShouldNotBeNull();
        (await server.LogMetric(run, "m", "much")).ShouldBeRefused(400, "INVALID_PARAMETER_VALUE", "Invalid value \"much\" for parameter 'value' supplied");
        (await server.LogMetric(run, "m", true)).ShouldBeRefused(400, "INVALID_PARAMETER_VALUE", "value");
        (await server.Post("/runs/log-metric", new { run_id = 31, key = "m", value = 1, timestamp = "foo" })).ShouldBeRefused(400, "INVALID_PARAMETER_VALUE", "Invalid value 31 for parameter 'run_id' supplied", "Invalid value \"foo\" for parameter 'timestamp' supplied");
    }

    [Theory, BothEngines]
    public async Task A_batch_is_whole_or_not_at_all(Engine engine)
    {
        var server = await servers.On(engine);
        var run = await server.ARun();
        (await server.Post("/runs/log-batch", new { run_id = run })).Good.ShouldNotBeNull();
        await server.Post("/runs/log-parameter", new { run_id = run, key = "p", value = "1" });
        object[] metrics = [new { key = "m", value = 1, timestamp = 1 }];
        (await server.Post("/runs/log-batch", new { run_id = run, metrics, @params = new[] { MlflowWire.Pair("q", "1"), MlflowWire.Pair("p", "2") } })).ShouldBeRefused(400, "INVALID_PARAMETER_VALUE", "Changing param values is not allowed", "'p'");
        (await server.Post("/runs/log-batch", new { run_id = run, metrics, @params = new[] { MlflowWire.Pair("q", "1"), MlflowWire.Pair("q", "1") } })).ShouldBeRefused(400, "INVALID_PARAMETER_VALUE", "Duplicate parameter keys");
        (await server.Post("/runs/log-batch", new { run_id = run, metrics, tags = new[] { MlflowWire.Pair("../t", "1") } })).ShouldBeRefused(400, "INVALID_PARAMETER_VALUE");
        (await server.Post("/runs/log-batch", new { run_id = run, metrics = new object[] { new { key = "m", value = 1 } } })).ShouldBeRefused(400, "INVALID_PARAMETER_VALUE", "metrics[0].timestamp");
        (await server.Post("/runs/log-batch", new { run_id = run, metrics = new object[] { new { key = "m", value = 1, timestamp = 1, model_id = "m-none" } } })).ShouldBeRefused(404, "RESOURCE_DOES_NOT_EXIST", "m-none");
        var data = (await server.Run(run))["data"]!;
        data["metrics"].ShouldBeNull();
        data["params"]!.AsArray().Count.ShouldBe(1);
    }

    [Theory, BothEngines]
    public async Task A_batch_has_limits(Engine engine)
    {
        var server = await servers.On(engine);
        var run = await server.ARun();
        object Batch(int metrics, int parameters, int tags) => new
        {
            run_id = run,
            metrics = Enumerable.Range(0, metrics).Select(i => new { key = $"m{i % 50}", value = i, timestamp = i, step = i }),
            @params = Enumerable.Range(0, parameters).Select(i => MlflowWire.Pair($"p{i}", "v")),
            tags = Enumerable.Range(0, tags).Select(i => MlflowWire.Pair($"t{i}", "v")),
        };
        (await server.Post("/runs/log-batch", Batch(800, 100, 100))).Good.ShouldNotBeNull();
        foreach (var (metrics, parameters, tags, what) in new[] { (1001, 0, 0, "1000 metrics"), (0, 101, 0, "100 params"), (0, 0, 101, "100 tags"), (801, 100, 100, "1000 metrics, params, and tags") })
            (await server.Post("/runs/log-batch", Batch(metrics, parameters, tags))).ShouldBeRefused(400, "INVALID_PARAMETER_VALUE", $"A batch logging request can contain at most {what}. Got ");
    }

    [Theory, BothEngines]
    public async Task Many_writers_of_one_run_neither_fail_nor_lose_a_point(Engine engine)
    {
        var server = await servers.On(engine);
        var run = await server.ARun();
        await Parallel.ForEachAsync(Enumerable.Range(0, 8), TestContext.Current.CancellationToken, async (writer, _) =>
        {
            for (var i = 0; i < 20; i++)
                (await server.Post("/runs/log-batch", new
                {
                    run_id = run,
                    metrics = Enumerable.Range(0, 10).Select(k => new { key = $"m{(k + writer) % 10}", value = i, timestamp = i * 100 + writer, step = i }),
                    @params = new[] { MlflowWire.Pair($"b{writer}", "v"), MlflowWire.Pair($"a{writer}", "v") },
                    tags = new[] { MlflowWire.Pair("same", $"{writer}"), MlflowWire.Pair("other", $"{i}") },
                })).Good.ShouldNotBeNull();
        });
        var data = (await server.Run(run))["data"]!;
        data["params"]!.AsArray().Count.ShouldBe(16);
        foreach (var metric in data["metrics"]!.AsArray())
            ((long)metric!["timestamp"]!).ShouldBe(1907);
        History((await server.Get($"/metrics/get-history?run_id={run}&metric_key=m3")).Good).Count.ShouldBe(160);
    }

    [Theory, BothEngines]
    public async Task Histories_of_several_runs_come_together_and_thinned(Engine engine)
    {
        var server = await servers.On(engine);
        var experiment = await server.AnExperiment();
        var (a, b) = (await server.ARun(experiment), await server.ARun(experiment));
        foreach (var run in (string[])[a, b])
            await server.Post("/runs/log-batch", new { run_id = run, metrics = Enumerable.Range(0, 200).Select(i => new { key = "m", value = i, timestamp = i, step = i }) });
        var bulk = (await server.Send(HttpMethod.Get, $"/metrics/get-history-bulk?run_id={a}&run_id={b}&metric_key=m&max_results=150", null, "/ajax-api/2.0/mlflow")).Good["metrics"]!.AsArray();
        bulk.Count.ShouldBe(300);
        bulk.Select(m => (string)m!["run_id"]!).Distinct().Count().ShouldBe(2);
        var thin = (await server.Get($"/metrics/get-history-bulk-interval?run_ids={a}&run_ids={b}&metric_key=m&start_step=50&end_step=149&max_results=10")).Good["metrics"]!.AsArray();
        thin.Count.ShouldBe(22);
        thin.Select(m => (long)m!["step"]!).Min().ShouldBe(50);
        thin.Select(m => (long)m!["step"]!).Max().ShouldBe(149);
        var c = await server.ARun(experiment);
        await server.Post("/runs/log-batch", new { run_id = c, metrics = Enumerable.Range(0, 10).Select(i => new { key = "m", value = i, timestamp = i, step = i }) });
        var steps = (await server.Get($"/metrics/get-history-bulk-interval?run_ids={a}&run_ids={c}&metric_key=m&start_step=0&end_step=19&max_results=5")).Good["metrics"]!.AsArray();
        steps.Where(m => (string)m!["run_id"]! == a).Select(m => (long)m!["step"]!).ShouldBe([0, 4, 8, 9, 12, 16, 19]);
        steps.Where(m => (string)m!["run_id"]! == c).Select(m => (long)m!["step"]!).ShouldBe([0, 4, 8, 9]);
        (await server.Get($"/metrics/get-history-bulk-interval?run_ids={a}&metric_key=m")).Good["metrics"]!.AsArray().Count.ShouldBe(200);
        (await server.Get($"/metrics/get-history-bulk-interval?run_ids={a}&metric_key=m&start_step=5")).ShouldBeRefused(400, "INVALID_PARAMETER_VALUE", "end_step");
        (await server.Get($"/metrics/get-history-bulk-interval?run_ids={a}&metric_key=m&max_results=2501")).ShouldBeRefused(400, "INVALID_PARAMETER_VALUE", "max_results");
        var many = string.Concat(Enumerable.Range(0, 101).Select(i => $"&run_id=r{i}&run_ids=r{i}"));
        (await server.Send(HttpMethod.Get, "/metrics/get-history-bulk?metric_key=m" + many, null, "/ajax-api/2.0/mlflow")).ShouldBeRefused(400, "INVALID_PARAMETER_VALUE", "GetMetricHistoryBulk request cannot specify more than 100 run_ids. Received 101 run_ids.");
        (await server.Get("/metrics/get-history-bulk-interval?metric_key=m" + many)).ShouldBeRefused(400, "INVALID_PARAMETER_VALUE", "GetMetricHistoryBulkInterval request must specify at most 100 run_ids. Received 101 run_ids.");
        (await server.Get("/metrics/get-history-bulk-interval?metric_key=m")).ShouldBeRefused(400, "INVALID_PARAMETER_VALUE", "Missing value for required parameter 'run_ids'.");
        (await server.Send(HttpMethod.Get, "/metrics/get-history-bulk", null, "/ajax-api/2.0/mlflow")).ShouldBeRefused(400, "INVALID_PARAMETER_VALUE", "must specify at least one run_id", "must specify a metric_key");
        (await server.Post("/runs/log-inputs", new { run_id = a })).ShouldBeRefused(400, "INVALID_PARAMETER_VALUE", "Missing value for required parameter 'datasets'");
    }

    static List<(long Time, long Step, string Value)> History(JsonNode page) =>
        page["metrics"] is { } metrics ? [.. metrics.AsArray().Select(m => ((long)m!["timestamp"]!, (long)m["step"]!, m["value"]!.ToString()))] : [];
}
