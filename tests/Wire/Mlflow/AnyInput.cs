using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Assay.Server.Storage;
using CsCheck;

namespace Assay.Tests.Wire.Mlflow;

/// <summary>
/// Whatever is sent to whatever route, no answer is one that clients try again (408, 429, 5xx), and every one says in JSON what is wrong. The routes
/// come from the server's own table. What a failing case sent stands in its message.
/// </summary>
public sealed class AnyInput(Servers servers)
{
    const int Requests = 4000;
    static readonly string[] Codes = ["BAD_REQUEST", "INVALID_PARAMETER_VALUE", "RESOURCE_ALREADY_EXISTS", "PERMISSION_DENIED", "RESOURCE_DOES_NOT_EXIST", "ENDPOINT_NOT_FOUND", "RESOURCE_CONFLICT", "NOT_IMPLEMENTED"];
    static readonly string[] Hostile = ["x", "0", "1", "%00", "%ff", "%ud800", "..", "%2e%2e", "%252e%252e%252f", "a%2Fb", "%E4%B8%AD", "a b", "'", "%25", "m-x", "sha256:x", "-1", "99999999999999999999"];

    [Theory, BothEngines]
    public async Task No_answer_is_one_that_clients_try_again(Engine engine)
    {
        await using var server = await servers.Fresh(engine); // its own: it may delete the default experiment
        var known = await Known(server);
        var routes = RouteTable.Of(server).Where(r => r.IsMlflow).ToList();
        routes.Count.ShouldBeGreaterThan(150);
        var parts = Gen.Frequency((2, AnyJson.One([.. known])), (1, AnyJson.One(Hostile))).Array[3];
        var type = Gen.Frequency((20, Gen.Const("application/json")), (1, AnyJson.One("", "text/plain", "application/x-www-form-urlencoded", "application/json; charset=utf-16", "nonsense")));
        await Gen.Select(AnyJson.One([.. routes]), parts, AnyJson.Body(known), Query(known), type).SampleAsync(async sent =>
        {
            var (route, path, body, query, contentType) = sent;
            using var request = new HttpRequestMessage(new(route.Method), route.Path(path) + query);
            if (route.Method is not ("GET" or "HEAD") || body.Length % 3 == 0)
            {
                request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
                if (contentType.Length > 0)
                    request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
            }
            await Fits(server, request, $"{route.Method} {request.RequestUri} ({contentType}) {body[..Math.Min(body.Length, 600)]}");
        }, iter: Requests, threads: 4);
    }

    [Theory, BothEngines]
    public async Task Bytes_that_are_no_text_are_refused(Engine engine)
    {
        var server = await servers.On(engine);
        foreach (var bytes in (byte[][])[[0xff], [0x7b, 0x22, 0xc3, 0x22, 0x3a, 0x31, 0x7d], [.. "{\"name\":\""u8, 0xed, 0xa0, 0x80, .. "\"}"u8], [0], [0xef, 0xbb, 0xbf, 0x7b, 0x7d]])
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/2.0/mlflow/experiments/create") { Content = new ByteArrayContent(bytes) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } } };
            (await Fits(server, request, Convert.ToHexString(bytes))).ShouldBe(400);
        }
    }

    [Theory, BothEngines]
    public async Task Query_strings_are_read_as_leniently_and_as_safely(Engine engine)
    {
        var server = await servers.On(engine);
        foreach (var query in (string[])["experiment_id=", "experiment_id=%00", "experiment_id=%ff", "experiment_id=0&experiment_id=1", "experiment_id=99999999999999999999", "experiment_id=-1", "experiment_id=%2B1", "x=y"])
        {
            var reply = await server.Get($"/experiments/get?{query}");
            reply.Status.ShouldBeOneOf([200, 400, 404], $"{query}: {reply.Text}");
        }
    }

    [Theory, BothEngines]
    public async Task Our_own_routes_hold_as_well(Engine engine)
    {
        await using var server = await servers.Fresh(engine);
        var known = await Known(server);
        // What streams without end is left out: it has no answer to look at.
        var routes = RouteTable.Of(server).Where(r => !r.IsMlflow && !r.Pattern.EndsWith("/events", StringComparison.Ordinal) && !r.Pattern.Contains("/intents", StringComparison.Ordinal)).ToList();
        var parts = Gen.Frequency((1, AnyJson.One([.. known])), (1, AnyJson.One(Hostile))).Array[3];
        await Gen.Select(AnyJson.One([.. routes]), parts, AnyJson.Body(known), Query(known)).SampleAsync(async sent =>
        {
            var (route, path, body, query) = sent;
            using var request = new HttpRequestMessage(new(route.Method), route.Path(path) + query);
            if (route.Method is not ("GET" or "HEAD"))
                request.Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
            using var answer = await server.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
            Allowed((int)answer.StatusCode).ShouldBeTrue($"{route.Method} {request.RequestUri} {body[..Math.Min(body.Length, 600)]} → {(int)answer.StatusCode}");
        }, iter: Requests / 4, threads: 4);
    }

    static Gen<string> Query(IReadOnlyList<string> known) => Gen.Select(
        AnyJson.One("run_id", "experiment_id", "name", "version", "alias", "filter", "order_by", "max_results", "page_token", "metric_key", "path", "stages", "run_ids", "model_id"),
        Gen.OneOf(AnyJson.One([.. known]), AnyJson.One(Hostile)), (name, value) => $"{name}={value}").Array[0, 4].Select(all => all.Length == 0 ? "" : "?" + string.Join('&', all));

    static bool Allowed(int status) => status is (< 500 and not 408 and not 429) or 501;

    static async Task<int> Fits(TestServer server, HttpRequestMessage request, string sent)
    {
        using var answer = await server.Http.SendAsync(request, TestContext.Current.CancellationToken);
        var status = (int)answer.StatusCode;
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Allowed(status).ShouldBeTrue($"{sent} → {status} {text}");
        if (status < 400 || request.Method == HttpMethod.Head)
            return status;
        if (text.Length == 0 && request.RequestUri!.OriginalString.Contains("%00", StringComparison.Ordinal))
            return status; // the web server itself takes no such address, before anything of ours is asked
        var error = JsonDocument.Parse(text).RootElement;
        Codes.ShouldContain(error.GetProperty("error_code").GetString(), $"{sent} → {status} {text}");
        error.GetProperty("message").GetString().ShouldNotBeNullOrEmpty(sent);
        return status;
    }

    /// <summary>Things that are there, so that a request gets further than its first field.</summary>
    static async Task<List<string>> Known(TestServer server)
    {
        var experiment = await server.AnExperiment();
        var run = await server.ARun(experiment);
        var model = (string)(await server.Post("/logged-models", new { experiment_id = experiment, source_run_id = run })).Good["model"]!["info"]!["model_id"]!;
        var name = $"known-{Guid.NewGuid():N}";
        (await server.Post("/registered-models/create", new { name })).Good.ShouldNotBeNull();
        return [run, experiment, model, name];
    }
}
