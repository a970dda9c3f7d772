using Assay.Client;

namespace Assay.Tests.Unit.Client;

public sealed class EndingARun
{
    static string[] Statuses(RecordingServer server) => [.. server.To("runs/update").Select(request => request.Json["status"]!.GetValue<string>())];

    [Fact]
    public async Task A_run_that_is_ended_is_finished_after_its_last_metric()
    {
        await using var server = await RecordingServer.StartAsync();
        await using (var run = await Given.ARun(server))
        {
            run.LogMetric("auc", 0.9);
            await run.EndAsync();
        }
        Statuses(server).ShouldBe(["FINISHED"]);
        server.All[^2].Target.ShouldEndWith("runs/log-batch");
        server.All[^1].Json["end_time"]!.GetValue<long>().ShouldBePositive();
    }

    [Fact]
    public async Task A_run_that_an_exception_leaves_is_failed_and_keeps_what_was_logged()
    {
        await using var server = await RecordingServer.StartAsync();
        await Should.ThrowAsync<InvalidOperationException>(async () =>
        {
            await using var run = await Given.ARun(server);
            run.LogMetric("loss", 3);
            throw new InvalidOperationException("diverged");
        });
        Statuses(server).ShouldBe(["FAILED"]);
        server.To("runs/log-batch").ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_training_that_is_cancelled_is_killed()
    {
        await using var server = await RecordingServer.StartAsync();
        using var client = new AssayClient(Given.Options(server));
        await Should.ThrowAsync<OperationCanceledException>(client.RunAsync("credit", _ => throw new OperationCanceledException(), Given.Bare));
        Statuses(server).ShouldBe(["KILLED"]);
    }

    [Fact]
    public async Task A_refusal_to_finish_carries_every_gap_and_the_run_can_be_mended()
    {
        await using var server = await RecordingServer.StartAsync();
        server.Next("runs/update", 400, """
            {"error_code":"INVALID_PARAMETER_VALUE","message":"2 items are missing","gaps":[
              {"item":"code.commit","wanted":"40 or 64 hex digits","found":"nothing","mend":"assay run -- …"},
              {"item":"params","wanted":"at least 1","found":"0","mend":"log one"}]}
            """);
        await using var run = await Given.ARun(server);
        var error = await Should.ThrowAsync<MlflowException>(run.EndAsync());
        error.Gaps.Select(gap => gap.Item).ShouldBe(["code.commit", "params"]);
        error.Gaps.ShouldAllBe(gap => gap.Mend.Length > 0);
        run.LogParam("rate", 0.1);
        await run.EndAsync();
        Statuses(server).ShouldBe(["FINISHED", "FINISHED"]);
    }

    [Fact]
    public async Task A_server_that_is_gone_is_named_and_nothing_is_thrown_by_disposing()
    {
        List<string> warnings = [];
        Run run;
        string url;
        await using (var server = await RecordingServer.StartAsync())
        {
            url = server.Url;
            run = await new AssayClient(Given.Options(server) with { Retries = 1, Warn = warnings.Add }).StartRunAsync("credit", Given.Bare);
        }
        run.LogMetric("auc", 0.9);
        var error = await Should.ThrowAsync<MlflowException>(run.FlushAsync());
        error.Message.ShouldContain(url);
        error.Message.ShouldContain("MLFLOW_TRACKING_URI");
        error.Status.ShouldBeNull();
        await run.DisposeAsync();
        warnings.Count.ShouldBe(2);
        warnings[1].ShouldContain("stays RUNNING");
    }

    [Fact]
    public async Task A_run_that_has_ended_takes_nothing_more()
    {
        await using var server = await RecordingServer.StartAsync();
        var run = await Given.ARun(server);
        await run.EndAsync();
        Should.Throw<InvalidOperationException>(() => run.LogMetric("auc", 0.9)).Message.ShouldContain("has ended");
        Should.Throw<InvalidOperationException>(() => run.SetTag("team", "risk"));
        await run.DisposeAsync();
        await run.DisposeAsync();
        Statuses(server).ShouldBe(["FINISHED"]);
    }

    [Fact]
    public async Task A_page_instead_of_an_answer_is_shown_as_what_it_is()
    {
        await using var server = await RecordingServer.StartAsync();
        server.Next("get-by-name", 403, "<html>Blocked by proxy</html>");
        using var client = new AssayClient(Given.Options(server));
        var error = await Should.ThrowAsync<MlflowException>(client.ExperimentAsync("credit"));
        error.ErrorCode.ShouldBe("PERMISSION_DENIED");
        error.Message.ShouldContain("Blocked by proxy");
    }

    [Theory]
    [InlineData("file:///tmp/mlruns")]
    [InlineData("databricks")]
    public void An_address_that_is_no_web_address_is_refused_with_its_origin(string address)
    {
        var options = new AssayClientOptions { Variable = name => name == "MLFLOW_TRACKING_URI" ? address : null };
        var error = Should.Throw<ArgumentException>(() => new AssayClient(options));
        error.Message.ShouldContain("MLFLOW_TRACKING_URI");
        error.Message.ShouldContain(address);
    }
}
