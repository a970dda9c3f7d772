using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Assay.Server.Storage;
using Assay.Tests.Builders;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Assay.Tests.EndToEnd.Cli;

/// <summary>The registry signs with a new key: what those see who pinned the old one, and how they go on.</summary>
public sealed class AfterARotation(Servers servers) : IDisposable
{
    readonly AssayProgram assay = new();

    public void Dispose() => assay.Dispose();

    async Task<ProgramAnswer> Ends(int code, params string[] arguments)
    {
        var answer = await assay.Run(arguments);
        answer.Code.ShouldBe(code, $"assay {string.Join(' ', arguments)}\n{answer.Output}\n{answer.Errors}");
        return answer;
    }

    [Theory, BothEngines]
    public async Task Who_pinned_the_old_key_is_told_what_to_compare_and_how_to_go_on(Engine engine)
    {
        var server = await servers.Fresh(engine);
        await using var front = await Front.Before(server);
        assay.Variables["ASSAY_URL"] = front.Url;
        var champion = await server.Given.AChampion(Given.Name("fraud"));
        await Sealed(server);
        await Ends(0, "pull", champion.Model, "--env", "production", "--verify", "-o", "before");
        await Ends(0, "ledger", "witness", "--keep", "witness");
        var (origin, old) = ((await File.ReadAllLinesAsync(Path.Combine(assay.Home, "witness", "latest")))[0], await Keys(server));

        await server.Stop();
        await using var after = await TestServer.Start(server.Options with { RotateKey = true });
        front.Stands(after);
        await Until.True(async () => (await after.Given.Api(HttpMethod.Get, "ledger/entries?limit=1000")).Text.Contains("key.rotated", StringComparison.Ordinal), "the rotation is numbered");
        var both = await Keys(after);
        both.Count.ShouldBe(2);

        // What was pulled stays good; what comes from the registry now is not believed, and nothing is written.
        await Ends(0, "verify", "before", "--env", "production");
        var refused = await Ends(1, "pull", champion.Model, "--env", "production", "--verify", "-o", "after");
        refused.Errors.ShouldContain("THE KEYS HAVE CHANGED");
        refused.Errors.ShouldContain("rotated");
        refused.Errors.ShouldContain((string)both[0]!["keyid"]!);
        Directory.Exists(Path.Combine(assay.Home, "after")).ShouldBeFalse();
        var pin = Directory.GetFiles(assay.Home, "*.json", SearchOption.AllDirectories).Single(f => Path.GetFileName(Path.GetDirectoryName(f)) == "trust");
        refused.Errors.ShouldContain(pin);
        (await Ends(1, "ledger", "verify")).Errors.ShouldContain("THE KEYS HAVE CHANGED");

        // A witness is its own pin.
        var alarmed = await Ends(1, "ledger", "witness", "--keep", "witness");
        alarmed.Output.ShouldContain("--trust FILE");
        Trust("new.json", origin, new JsonArray(both[0]!.DeepClone()));
        Trust("old.json", origin, old);
        Trust("both.json", origin, both);
        (await Ends(1, "ledger", "witness", "--keep", "witness", "--trust", "new.json")).Output.ShouldContain("with the old key and the new one");
        await Ends(0, "ledger", "witness", "--keep", "witness", "--trust", "both.json");
        await Ends(0, "ledger", "witness", "--keep", "witness");

        // Both keys are needed: what was decided before is signed with the old one, the ledger's head with the new.
        (await Ends(1, "pull", champion.Model, "--env", "production", "--verify", "--trust", "old.json", "-o", "after")).Output.ShouldContain("trust both");
        await Ends(1, "pull", champion.Model, "--env", "production", "--verify", "--trust", "new.json", "-o", "after");
        await Ends(0, "pull", champion.Model, "--env", "production", "--verify", "--trust", "both.json", "-o", "after");
        await Ends(0, "verify", "after", "--env", "production", "--trust", "both.json");

        // And as the message says: compared, the pin removed, both are pinned.
        File.Delete(pin);
        await Ends(0, "pull", champion.Model, "--env", "production", "--verify", "-o", "again");
        await Ends(0, "verify", "again", "--env", "production");
        await Ends(0, "verify", "before", "--env", "production");
        await Ends(0, "ledger", "verify");
    }

    void Trust(string file, string origin, JsonArray keys) => File.WriteAllText(Path.Combine(assay.Home, file), new JsonObject { ["origin"] = origin, ["keys"] = keys.DeepClone() }.ToJsonString());

    static async Task<JsonArray> Keys(TestServer server) => (JsonArray)(await Given.Ok(server.Given.Api(HttpMethod.Get, "keys"))).Json["keys"]!;

    static Task Sealed(TestServer server) => Until.True(async () => (await server.Given.Api(HttpMethod.Get, "ledger/entries?limit=1000")).Text.Contains("promotion.made", StringComparison.Ordinal), "the promotion is numbered");

    /// <summary>One address for whichever server stands behind it: a registry keeps its address when it is started again.</summary>
    sealed class Front : IAsyncDisposable
    {
        readonly WebApplication app;
        readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = false });
        volatile TestServer behind;

        Front(WebApplication app, TestServer behind) => (this.app, this.behind) = (app, behind);

        public string Url => app.Urls.First();

        public void Stands(TestServer server) => behind = server;

        public static async Task<Front> Before(TestServer server)
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            var app = builder.Build();
            var front = new Front(app, server);
            app.Run(front.Pass);
            await app.StartAsync();
            return front;
        }

        async Task Pass(HttpContext context)
        {
            using var request = new HttpRequestMessage(new(context.Request.Method), behind.Url + context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()!.RawTarget);
            if (context.Request.ContentType is { } type)
                request.Content = new StreamContent(context.Request.Body) { Headers = { ContentType = MediaTypeHeaderValue.Parse(type) } };
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, context.RequestAborted);
            context.Response.StatusCode = (int)answer.StatusCode;
            context.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
            await answer.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
        }

        public async ValueTask DisposeAsync()
        {
            await app.DisposeAsync();
            http.Dispose();
        }
    }
}
