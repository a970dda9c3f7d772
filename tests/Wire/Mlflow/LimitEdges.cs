using System.Text;
using System.Text.Json;
using Assay.Contracts.Wire;
using Assay.Server.Storage;

namespace Assay.Tests.Wire.Mlflow;

/// <summary>Every limit of the table at its edge: as much as it says is accepted, one more is refused with the field, the value, the rule and what to do.</summary>
public sealed class LimitEdges(Servers servers)
{
    delegate Task<Reply> Probe(TestServer server, long n);

    static readonly Dictionary<Limit, (string Field, Probe Send)> Probes = new()
    {
        [WireLimits.Body] = ("body", async (s, n) => await Raw(s, $"{{\"name\":\"{Name()}\"}}".PadRight((int)n))),
        [WireLimits.Values] = ("body", async (s, n) => await Raw(s, $"{{\"name\":\"{Name()}\",\"unknown\":[1{Many(",1", n - 6)}]}}")),
        [WireLimits.Nesting] = ("body", async (s, n) => await Raw(s, $"{{\"name\":\"{Name()}\",\"unknown\":{Many("[", n - 1)}{Many("]", n - 1)}}}")),
        [WireLimits.Key] = ("key", async (s, n) => await s.Post("/runs/set-tag", new { run_id = await s.ARun(), key = Text(n), value = "v" })),
        [WireLimits.ParamValue] = ("value", async (s, n) => await s.Post("/runs/log-parameter", new { run_id = await s.ARun(), key = "k", value = Text(n) })),
        [WireLimits.TagValue] = ("value", async (s, n) => await s.Post("/runs/set-tag", new { run_id = await s.ARun(), key = "k", value = Text(n) })),
        [WireLimits.RunName] = ("run_name", async (s, n) => await s.Post("/runs/update", new { run_id = await s.ARun(), run_name = Text(n) })),
        [WireLimits.BatchMetrics] = ("metrics", async (s, n) => await Batch(s, n, 0, 0)),
        [WireLimits.BatchParams] = ("params", async (s, n) => await Batch(s, 0, n, 0)),
        [WireLimits.BatchTags] = ("tags", async (s, n) => await Batch(s, 0, 0, n)),
        [WireLimits.Batch] = ("metrics", async (s, n) => await Batch(s, n - 200, 100, 100)),
        [WireLimits.Pairs] = ("tags", async (s, n) => await s.Post("/experiments/create", new { name = Name(), tags = Numbered(n, i => MlflowWire.Pair($"k{i}", "v")) })),
        [WireLimits.ModelJson] = ("model_json", async (s, n) => await s.Post("/runs/log-model", new { run_id = await s.ARun(), model_json = """{"artifact_path":"m","flavors":{},"utc_time_created":"","run_id":""}""".PadRight((int)n) })),
        [WireLimits.ExperimentName] = ("name", (s, n) => s.Post("/experiments/create", new { name = Name().PadRight((int)n, 'x') })),
        [WireLimits.ExperimentTag] = ("value", async (s, n) => await s.Post("/experiments/set-experiment-tag", new { experiment_id = await s.AnExperiment(), key = "k", value = Text(n) })),
        [WireLimits.Location] = ("artifact_location", (s, n) => s.Post("/experiments/create", new { name = Name(), artifact_location = "mlflow-artifacts:/".PadRight((int)n, 'x') })),
        [WireLimits.Inputs] = ("datasets", (s, n) => Input(s, count: n)),
        [WireLimits.Models] = ("models", async (s, n) => await s.Post("/runs/outputs", new { run_id = await s.ARun(), models = Numbered(n, i => new { model_id = $"m-{i}", step = 0 }) })),
        [WireLimits.DatasetName] = ("datasets.dataset.name", (s, n) => Input(s, name: Text(n))),
        [WireLimits.DatasetDigest] = ("datasets.dataset.digest", (s, n) => Input(s, digest: Text(n))),
        [WireLimits.DatasetSource] = ("datasets.dataset.source", (s, n) => Input(s, source: Text(n))),
        [WireLimits.DatasetSchema] = ("datasets.dataset.schema", (s, n) => Input(s, schema: Text(n))),
        [WireLimits.DatasetProfile] = ("datasets.dataset.profile", (s, n) => Input(s, profile: Text(n))),
        [WireLimits.InputTagKey] = ("datasets.tags.key", (s, n) => Input(s, tag: Text(n))),
        [WireLimits.InputTagValue] = ("datasets.tags.value", (s, n) => Input(s, value: Text(n))),
        [WireLimits.LoggedModelName] = ("name", (s, n) => s.Post("/logged-models", new { experiment_id = "0", name = Text(n) })),
        [WireLimits.LoggedModelType] = ("model_type", (s, n) => s.Post("/logged-models", new { experiment_id = "0", model_type = Text(n) })),
        [WireLimits.ModelName] = ("name", (s, n) => s.Post("/registered-models/create", new { name = Name().PadRight((int)n, 'x') })),
        [WireLimits.Description] = ("description", (s, n) => s.Post("/registered-models/create", new { name = Name(), description = Text(n) })),
        [WireLimits.RegistryKey] = ("key", async (s, n) => await s.Post("/registered-models/set-tag", new { name = await s.AModel(), key = Text(n), value = "v" })),
        [WireLimits.RegistryValue] = ("value", async (s, n) => await s.Post("/registered-models/set-tag", new { name = await s.AModel(), key = "k", value = Text(n) })),
        [WireLimits.Alias] = ("alias", async (s, n) => await Labelled(s, Text(n))),
        [WireLimits.Source] = ("source", async (s, n) => await s.Post("/model-versions/create", new { name = await s.AModel(), source = "runs:/".PadRight((int)n, 'x'), run_id = await s.ARun() })),
        [WireLimits.RunLink] = ("run_link", async (s, n) => await s.Post("/model-versions/create", new { name = await s.AModel(), source = "runs:/x/m", run_id = await s.ARun(), run_link = Text(n) })),
        [WireLimits.Filter] = ("filter", (s, n) => Search(s, "params.a = 'x'".PadRight((int)n))),
        [WireLimits.Comparisons] = ("filter", (s, n) => Search(s, string.Join(" AND ", Numbered(n, i => "status = 'x'")))),
        [WireLimits.Listed] = ("filter", (s, n) => Search(s, $"run_id IN ({string.Join(',', Numbered(n, i => "'x'"))})")),
        [WireLimits.Orders] = ("order_by", (s, n) => s.Post("/runs/search", new { experiment_ids = new[] { "0" }, max_results = 1, order_by = Numbered(n, i => $"metrics.m{i}") })),
        [WireLimits.Order] = ("order_by", (s, n) => s.Post("/runs/search", new { experiment_ids = new[] { "0" }, max_results = 1, order_by = new[] { "start_time".PadRight((int)n) } })),
        [WireLimits.SearchedExperiments] = ("experiment_ids", (s, n) => s.Post("/runs/search", new { max_results = 1, experiment_ids = Numbered(n, i => $"{i + 1_000_000}") })),
        [WireLimits.SearchedDatasets] = ("experiment_ids", (s, n) => s.Send(HttpMethod.Post, "/experiments/search-datasets", JsonSerializer.Serialize(new { experiment_ids = Numbered(n, i => $"{i}") }), "/ajax-api/2.0/mlflow")),
        [WireLimits.ExperimentPage] = ("max_results", (s, n) => s.Post("/experiments/search", new { max_results = n, filter = "name = 'none'" })),
        [WireLimits.RunPage] = ("max_results", (s, n) => s.Post("/runs/search", new { max_results = n, experiment_ids = new[] { "0" }, filter = "status = 'x'" })),
        [WireLimits.LoggedModelPage] = ("max_results", (s, n) => s.Post("/logged-models/search", new { max_results = n, experiment_ids = new[] { "0" }, filter = "name = 'none'" })),
        [WireLimits.ModelPage] = ("max_results", (s, n) => s.Get($"/registered-models/search?max_results={n}&filter=name%3D'none'")),
        [WireLimits.VersionPage] = ("max_results", (s, n) => s.Get($"/model-versions/search?max_results={n}&filter=name%3D'none'")),
        [WireLimits.BulkRuns] = ("run_ids", (s, n) => s.Get($"/metrics/get-history-bulk-interval?metric_key=m{string.Concat(Numbered(n, i => $"&run_ids=r{i}"))}")),
        [WireLimits.BulkSteps] = ("max_results", (s, n) => s.Get($"/metrics/get-history-bulk-interval?metric_key=m&run_ids=r&max_results={n}")),
        [WireLimits.ArtifactPath] = ("path", (s, n) => s.Send(HttpMethod.Put, $"/{Text(n)}", "{}", "/api/2.0/mlflow-artifacts/artifacts")),
        [WireLimits.UploadParts] = ("num_parts", (s, n) => s.Send(HttpMethod.Post, "/mpu/create/limits", JsonSerializer.Serialize(new { path = Name(), num_parts = n }), "/api/2.0/mlflow-artifacts")),
        [WireLimits.PageUpload] = ("body", async (s, n) => await s.Send(HttpMethod.Post, $"/upload-artifact?run_uuid={await s.ARun()}&path=a.txt", Text(n), "/ajax-api/2.0/mlflow")),
    };

    /// <summary>What no refusal of ours can speak of, each with its reason.</summary>
    static readonly Limit[] Elsewhere = [WireLimits.RequestLine /* the web server's own: 414 */, WireLimits.HistoryPage /* a greater one is taken as this one */];

    public static TheoryData<Engine, string> Edges()
    {
        var edges = new TheoryData<Engine, string>();
        foreach (var engine in Enum.GetValues<Engine>())
            foreach (var limit in Probes.Keys)
                edges.Add(engine, $"{limit.What}: {limit.Most} {limit.Unit}");
        return edges;
    }

    [Theory, MemberData(nameof(Edges))]
    public async Task As_much_as_a_limit_says_is_accepted_and_one_more_is_not(Engine engine, string limit)
    {
        var server = await servers.On(engine);
        foreach (var (one, (field, send)) in Probes.Where(p => $"{p.Key.What}: {p.Key.Most} {p.Key.Unit}" == limit))
        {
            var at = await send(server, one.Most);
            at.Status.ShouldBe(200, $"{one.Where}: {at.Text}");
            var over = await send(server, one.Most + 1);
            over.ShouldBeRefused(400, "INVALID_PARAMETER_VALUE", one.Most.ToString(System.Globalization.CultureInfo.InvariantCulture));
            ((string?)over.Json["field"]).ShouldBe(field, over.Text);
            ((string?)over.Json["mend"]).ShouldNotBeNullOrEmpty(over.Text);
        }
    }

    [Fact]
    public void Every_limit_of_the_table_is_tried_or_says_why_not() => WireLimits.All.ShouldBe(Probes.Keys.Concat(Elsewhere), ignoreOrder: true);

    [Theory, BothEngines]
    public async Task A_long_address_is_read_and_a_longer_one_is_no_answer_to_repeat(Engine engine)
    {
        var server = await servers.On(engine);
        (await server.Get($"/model-versions/search?filter={Uri.EscapeDataString("name = 'x'".PadRight(15_000))}")).Status.ShouldBe(200);
        using var answer = await server.Http.GetAsync($"/api/2.0/mlflow/model-versions/search?filter={Text(WireLimits.RequestLine.Most)}", TestContext.Current.CancellationToken);
        ((int)answer.StatusCode).ShouldBe(414);
    }

    static string Name() => $"limit {Guid.NewGuid():N}";

    static string Text(long n) => new('x', (int)n);

    static string Many(string what, long n) => new StringBuilder().Insert(0, what, (int)n).ToString();

    static IEnumerable<T> Numbered<T>(long n, Func<int, T> one) => Enumerable.Range(0, (int)n).Select(one);

    static Task<Reply> Raw(TestServer server, string body) => server.Send(HttpMethod.Post, "/experiments/create", body);

    static Task<Reply> Search(TestServer server, string filter) => server.Post("/runs/search", new { experiment_ids = new[] { "0" }, max_results = 1, filter });

    static async Task<Reply> Batch(TestServer server, long metrics, long parameters, long tags) => await server.Post("/runs/log-batch", new
    {
        run_id = await server.ARun(),
        metrics = Numbered(metrics, i => new { key = $"m{i}", value = i, timestamp = 1 }),
        @params = Numbered(parameters, i => MlflowWire.Pair($"p{i}", "v")),
        tags = Numbered(tags, i => MlflowWire.Pair($"t{i}", "v")),
    });

    static async Task<Reply> Labelled(TestServer server, string alias)
    {
        var name = await server.AModel();
        await server.AVersion(name);
        return await server.Post("/registered-models/alias", new { name, alias, version = "1" });
    }

    static async Task<Reply> Input(TestServer server, string name = "n", string digest = "d", string source = "u", string? schema = null, string? profile = null, string tag = "k", string value = "v", long count = 1) =>
        await server.Post("/runs/log-inputs", new
        {
            run_id = await server.ARun(),
            datasets = Numbered(count, i => new { tags = new[] { MlflowWire.Pair(tag, value) }, dataset = new { name = i == 0 ? name : $"{name}{i}", digest, source_type = "s", source, schema, profile } }),
        });
}
