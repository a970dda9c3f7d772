using Assay.Client;
using CsCheck;

namespace Assay.Tests.Unit.Client;

public sealed class SendingBatches
{
    [Fact]
    public async Task Two_thousand_five_hundred_metrics_go_in_three_batches_in_order()
    {
        await using var server = await RecordingServer.StartAsync();
        await using var run = await Given.ARun(server);
        for (var step = 0; step < 2500; step++)
            run.LogMetric("loss", 1.0 / (step + 1), step);
        await run.FlushAsync();
        var batches = server.To("runs/log-batch");
        batches.ShouldAllBe(batch => batch.Json["metrics"]!.AsArray().Count <= 1000);
        batches.SelectMany(batch => batch.Json["metrics"]!.AsArray()).Select(metric => metric!["step"]!.GetValue<long>()).ShouldBe(Enumerable.Range(0, 2500).Select(step => (long)step));
    }

    [Fact]
    public async Task A_batch_has_exactly_the_fields_of_the_protocol()
    {
        await using var server = await RecordingServer.StartAsync();
        await using var run = await Given.ARun(server);
        run.LogParam("rate", 0.5);
        run.SetTag("team", "risk");
        run.LogMetric("auc", 0.75, 3);
        await run.FlushAsync();
        var body = server.To("runs/log-batch").ShouldHaveSingleItem().Json;
        body["metrics"]![0]!["timestamp"]!.GetValue<long>().ShouldBePositive();
        body["metrics"]![0]!.AsObject().Remove("timestamp");
        body.ToJsonString().ShouldBe(
            $$"""{"run_id":"{{RecordingServer.RunId}}","metrics":[{"key":"auc","value":0.75,"step":3}],"params":[{"key":"rate","value":"0.5"}],"tags":[{"key":"team","value":"risk"}]}""");
    }

    [Theory]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.PositiveInfinity, "Infinity")]
    [InlineData(double.NegativeInfinity, "-Infinity")]
    public async Task What_json_cannot_write_goes_as_text(double value, string text)
    {
        await using var server = await RecordingServer.StartAsync();
        await using var run = await Given.ARun(server);
        run.LogMetric("loss", value);
        await run.FlushAsync();
        server.To("runs/log-batch").Single().Json["metrics"]![0]!["value"]!.GetValue<string>().ShouldBe(text);
    }

    [Fact]
    public void Every_entry_is_sent_once_and_no_batch_breaks_a_limit() =>
        Gen.Select(Gen.Int[0, 2500], Gen.Int[0, 350], Gen.Int[0, 350]).Sample((metrics, parameters, tags) =>
        {
            List<Batch> sent = [];
            var queue = new BatchQueue((batch, _) => { sent.Add(batch); return Task.CompletedTask; }, new StoppedTime(), TimeSpan.FromHours(1));
            queue.Add(Enumerable.Range(0, metrics).Select(i => new MetricPoint("m", i, 0, i)));
            for (var i = 0; i < parameters; i++)
                queue.AddParameter(new($"p{i}", ""));
            for (var i = 0; i < tags; i++)
                queue.AddTag(new($"t{i}", ""));
            queue.FlushAsync(CancellationToken.None).GetAwaiter().GetResult();
            sent.ShouldAllBe(batch => batch.Count <= 1000 && batch.Parameters.Length <= 100 && batch.Tags.Length <= 100);
            sent.SelectMany(batch => batch.Metrics).Select(point => point.Step).ShouldBe(Enumerable.Range(0, metrics).Select(i => (long)i));
            sent.SelectMany(batch => batch.Parameters).Select(entry => entry.Key).ShouldBe(Enumerable.Range(0, parameters).Select(i => $"p{i}"));
            sent.SelectMany(batch => batch.Tags).Select(entry => entry.Key).ShouldBe(Enumerable.Range(0, tags).Select(i => $"t{i}"));
        }, iter: 30);

    [Fact]
    public async Task A_busy_server_is_asked_again_with_the_same_body()
    {
        await using var server = await RecordingServer.StartAsync();
        server.Next("runs/log-batch", 503, """{"error_code":"TEMPORARILY_UNAVAILABLE","message":"later"}""").Next("runs/log-batch", 429, "");
        await using var run = await Given.ARun(server);
        run.LogMetric("auc", 0.9);
        await run.FlushAsync();
        server.To("runs/log-batch").Select(request => request.Text).Distinct().ShouldHaveSingleItem();
        server.To("runs/log-batch").Length.ShouldBe(3);
    }

    [Fact]
    public async Task What_could_not_be_delivered_waits_for_the_next_flush()
    {
        await using var server = await RecordingServer.StartAsync();
        for (var attempt = 0; attempt < 4; attempt++)
            server.Next("runs/log-batch", 503, """{"error_code":"TEMPORARILY_UNAVAILABLE","message":"later"}""");
        await using var run = await Given.ARun(server);
        run.LogMetric("auc", 0.9);
        (await Should.ThrowAsync<MlflowException>(run.FlushAsync())).MayPass.ShouldBeTrue();
        await run.FlushAsync();
        var sent = server.To("runs/log-batch");
        sent.Length.ShouldBe(5);
        sent[^1].Json["metrics"]!.AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_refused_batch_surfaces_at_the_end_and_is_not_asked_again()
    {
        await using var server = await RecordingServer.StartAsync();
        server.Next("runs/log-batch", 400, """{"error_code":"INVALID_PARAMETER_VALUE","message":"Changing param values is not allowed."}""");
        await using var run = await Given.ARun(server);
        run.LogParam("rate", 1);
        var error = await Should.ThrowAsync<MlflowException>(run.EndAsync());
        error.ErrorCode.ShouldBe("INVALID_PARAMETER_VALUE");
        error.Message.ShouldContain("1 parameters");
        error.Message.ShouldContain("Changing param values is not allowed.");
        server.To("runs/log-batch").ShouldHaveSingleItem();
        server.To("runs/update").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_parameter_that_changes_is_refused_where_it_is_written()
    {
        await using var server = await RecordingServer.StartAsync();
        await using var run = await Given.ARun(server);
        run.LogParam("rate", 0.1);
        run.LogParam("rate", 0.1);
        Should.Throw<ArgumentException>(() => run.LogParam("rate", 0.2)).Message.ShouldContain("'0.1' already");
        await run.FlushAsync();
        server.To("runs/log-batch").Single().Json["params"]!.AsArray().Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("")]
    [InlineData("../x")]
    [InlineData("a//b")]
    [InlineData("a;b")]
    public async Task A_name_that_no_server_takes_is_refused_where_it_is_written(string name)
    {
        await using var server = await RecordingServer.StartAsync();
        await using var run = await Given.ARun(server);
        Should.Throw<ArgumentException>(() => run.LogMetric(name, 1));
    }

    sealed class StoppedTime : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => new Never();

        sealed class Never : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => true;
            public void Dispose() { }
            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }
}
