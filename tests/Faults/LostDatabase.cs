using System.Net;
using Assay.Server;
using Assay.Tests.Builders;

namespace Assay.Tests.Faults;

/// <summary>PostgreSQL goes away under a running server, and comes back.</summary>
public sealed class LostDatabase
{
    [Fact]
    public async Task While_the_database_is_gone_answers_say_so_and_afterwards_everything_goes_on()
    {
        await using var postgres = await Postgres.Own();
        await using var server = await TestServer.Start(new ServerOptions { Listen = ["http://127.0.0.1:0"], Data = Directory.CreateTempSubdirectory("assay gone ").FullName, Database = await postgres.NewDatabase() });
        var run = await server.Given.ARun();
        await postgres.Stop();
        var gone = await server.Given.Post("runs/log-metric", Metric(run, 1));
        gone.Status.ShouldBe(HttpStatusCode.ServiceUnavailable, gone.Text);
        ((string?)gone.Json["error_code"]).ShouldBe("TEMPORARILY_UNAVAILABLE");
        gone.Text.ShouldNotContain("Npgsql");
        (await server.Given.Api(HttpMethod.Get, "models")).ShouldBeRefused(503, "storage-unavailable");
        using var look = new HttpRequestMessage(HttpMethod.Get, "/");
        look.Headers.Accept.ParseAdd("text/html");
        using var page = await server.Http.SendAsync(look, TestContext.Current.CancellationToken);
        page.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("The database does not answer");
        ((int)(await server.Http.GetAsync("/readyz")).StatusCode).ShouldBe(503);
        ((int)(await server.Http.GetAsync("/health")).StatusCode).ShouldBe(200);
        await postgres.StartAgain();
        for (Answer answer = gone; answer.Status != HttpStatusCode.OK;)
            answer = await server.Given.Post("runs/log-metric", Metric(run, 2));
        (await Given.Ok(server.Given.Get($"metrics/get-history?run_id={run.Id}&metric_key=auc"))).Json["metrics"]!.AsArray().Count.ShouldBe(1);
    }

    static System.Text.Json.Nodes.JsonObject Metric(LoggedRun run, int step) => new() { ["run_id"] = run.Id, ["key"] = "auc", ["value"] = 1, ["timestamp"] = 1, ["step"] = step };
}
