using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Assay.Contracts;
using Assay.Contracts.Evidence;
using Assay.Server.Events;
using Assay.Tests.Builders;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Tests.Browser;

/// <summary>A registry with something of everything, told over the wire: two admitted versions, one that broke an invariant, a refused run, a promotion, and something live that nobody approved.</summary>
public sealed class Story
{
    public const string Model = "credit <b> & \"co\"";

    Story(TestServer server) => Server = server;

    public TestServer Server { get; }

    public string GoodRun { get; private set; } = "";

    public string RefusedRun { get; private set; } = "";

    public string Experiment { get; private set; } = "";

    public SealedVersion First { get; private set; } = null!;

    public SealedVersion Second { get; private set; } = null!;

    /// <summary>Every page that tells this story.</summary>
    public IReadOnlyList<string> Pages
    {
        get
        {
            var model = $"/models/{Uri.EscapeDataString(Model)}";
            return ["/", "/models", model, $"{model}/versions/1", $"{model}/versions/2", $"{model}/versions/3", $"{model}/environments/production", $"{model}/environments/production/why", $"{model}/environments/staging/why", "/environments", "/environments/production", "/environments/staging",
                "/experiments", $"/experiments/{Experiment}", $"/experiments/{Experiment}?filter={Uri.EscapeDataString("metrics.auc > 0.5 AND params.seed = '7'")}&order_by=metrics.auc%20DESC&columns=metrics.auc,params.seed",
                $"/runs/{GoodRun}", $"/runs/{GoodRun}/metrics?key=loss", $"/runs/{RefusedRun}", "/ledger", "/ledger/0", $"/ledger?model={Uri.EscapeDataString(Model)}", "/search?q=e", "/search?q=nothing-like-it", "/status", "/help/reading"];
        }
    }

    public static async Task<Story> On(TestServer server)
    {
        var story = new Story(server);
        var given = server.Given;
        story.Experiment = await given.AnExperiment("Weekly <i>training</i>");
        story.First = await story.Version("first");
        story.Second = await story.Version("second");
        var broken = await story.Version("broken");
        await story.Measured(story.First, 0.85, holds: true);
        await story.Measured(story.Second, 0.91, holds: true);
        await story.Measured(broken, 0.90, holds: false);
        story.RefusedRun = (await given.ARun(story.Experiment, new Dictionary<string, string?> { ["mlflow.source.git.dirty"] = "true", ["mlflow.source.git.commit"] = null })).Id;
        await given.Post("runs/update", new() { ["run_id"] = story.RefusedRun, ["status"] = "FINISHED", ["end_time"] = 1700000002000 });
        await given.Api(HttpMethod.Post, "versions", new JsonObject { ["run_id"] = story.RefusedRun, ["model"] = Model });
        await given.Api(HttpMethod.Put, "environments/production", yaml: "apiVersion: assay/v1\nkind: Environment\nmetadata: {name: production}\nowners: [payments-risk]\non_call: raj\nrunbook: https://wiki.example/credit\ngrace: {stale_observation: 1d}\n");
        await story.Settled(story.First, "admitted");
        await story.Settled(story.Second, "admitted");
        await story.Settled(broken, "rejected");
        await story.Promoted(story.First);
        await story.Promoted(story.Second);
        await Given.Ok(given.Api(HttpMethod.Post, "deployments", new JsonObject { ["environment"] = "production", ["model"] = Model, ["slot"] = "primary", ["digest"] = story.Second.Digest, ["status"] = "deployed", ["actor"] = "Argo CD", ["url"] = "javascript:alert(1)" }), HttpStatusCode.Created);
        await story.Observed("production", (story.Second.Digest, 0.962), ("sha256:" + string.Concat(Enumerable.Repeat("b29e543b", 8)), 0.038));
        await story.Observed("staging", (story.Second.Digest, 1));
        return story;
    }

    async Task<SealedVersion> Version(string weights)
    {
        var run = await Server.Given.ACompleteRun(Experiment, weights, finish: false);
        GoodRun = run.Id;
        var metrics = new JsonArray([.. Enumerable.Range(0, 400).Select(step => (JsonNode)new JsonObject { ["key"] = "loss", ["value"] = step == 41 ? "NaN" : (JsonNode)(0.2 + 0.8 / (1 + step * 0.1)), ["timestamp"] = 1700000001000 + step, ["step"] = step })]);
        await Given.Ok(Server.Given.Post("runs/log-batch", new() { ["run_id"] = run.Id, ["metrics"] = metrics, ["params"] = new JsonArray(Given.Pair("unsafe", "<img src=x onerror=alert(1)>")) }));
        await Server.Given.End(run);
        var answer = await Given.Ok(Server.Given.Api(HttpMethod.Post, "versions", new JsonObject { ["run_id"] = run.Id, ["model"] = Model }), HttpStatusCode.Created);
        return new(Model, run, (string)answer.Json["digest"]!, (long)answer.Json["version"]!);
    }

    async Task Measured(SealedVersion version, double auc, bool holds)
    {
        await Evidence(version, new JsonObject
        {
            ["kind"] = "invariants",
            ["suite"] = new JsonObject { ["name"] = "credit-invariants", ["digest"] = new JsonObject { ["sha256"] = new string('2', 64) } },
            ["probes"] = new JsonArray(new JsonObject { ["id"] = "income-is-monotone", ["ok"] = holds, ["expected"] = "not lower", ["actual"] = "0.31" }),
        });
        await Evidence(version, new JsonObject
        {
            ["kind"] = "heldout",
            ["dataset"] = new JsonObject { ["uri"] = "data/heldout.csv", ["digest"] = new JsonObject { ["sha256"] = new string('1', 64) }, ["role"] = "heldout", ["rows"] = 5000 },
            ["metrics"] = new JsonArray(new JsonObject { ["name"] = "auc", ["value"] = auc, ["n"] = 5000, ["direction"] = "higher", ["ci"] = new JsonObject { ["level"] = 0.95, ["low"] = auc - 0.01, ["high"] = auc + 0.01, ["method"] = "delong" } }),
        });
    }

    Task Evidence(SealedVersion version, JsonObject predicate) =>
        Given.Ok(Server.Given.Api(HttpMethod.Post, $"models/{Uri.EscapeDataString(Model)}/versions/{version.Number}/evidence", Statement.About(Model, Digest.Parse(version.Digest), Statement.Evaluation, predicate)), HttpStatusCode.Created);

    /// <summary>Admission follows evidence by an event: has events delivered until it has.</summary>
    async Task Settled(SealedVersion version, string status)
    {
        var dispatcher = Server.Services.GetRequiredService<Dispatcher>();
        for (var attempt = 0; attempt < 2000; attempt++)
        {
            await dispatcher.DeliverDue(TestContext.Current.CancellationToken);
            if ((string?)(await Given.Ok(Server.Given.Api(HttpMethod.Get, $"models/{Uri.EscapeDataString(Model)}/versions/{version.Number}"))).Json["status"] == status)
                return;
        }
        throw new TimeoutException($"version {version.Number} did not become {status}");
    }

    async Task Promoted(SealedVersion version)
    {
        var wish = new JsonObject { ["model"] = Model, ["version"] = version.Number.ToString(CultureInfo.InvariantCulture), ["environment"] = "production" };
        var request = await Given.Ok(Server.Given.Api(HttpMethod.Post, "promotions", wish, actor: "ci"), HttpStatusCode.Created);
        await Given.Ok(Server.Given.Api(HttpMethod.Post, $"promotions/{request.Json["id"]}/approvals", new JsonObject { ["comment"] = "read it" }, actor: "ana:approver"));
    }

    Task Observed(string environment, params (string Digest, double Share)[] seen)
    {
        var now = DateTimeOffset.FromUnixTimeMilliseconds(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        return Given.Ok(Server.Given.Api(HttpMethod.Post, "observations", new JsonObject
        {
            ["source"] = $"agent/{environment}",
            ["environment"] = environment,
            ["epoch"] = "01JC4M7Q0000000000000000AA",
            ["seq"] = 1,
            ["at"] = now,
            ["complete"] = true,
            ["slots"] = new JsonArray(new JsonObject
            {
                ["model"] = Model,
                ["slot"] = "primary",
                ["instances"] = new JsonArray([.. seen.Select(one => (JsonNode)new JsonObject { ["digest"] = one.Digest, ["level"] = 5, ["share"] = one.Share, ["ready"] = 3, ["wanted"] = 3, ["since"] = now })]),
            }),
        }));
    }
}
