using System.Net;
using Assay.Server.Identity;
using Assay.Server.Storage;
using Assay.Tests.Builders;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Tests.Wire.Identity;

/// <summary>Deny by default, on every route there is: MLflow's under both prefixes, ours, pages, artifacts, traces.</summary>
public sealed class EveryRoute(Servers servers)
{
    /// <summary>What anybody may ask, and why. Everything else needs a credential.</summary>
    static readonly string[] OpenToAll =
    [
        "/health", "/livez", "/readyz", "/version", "/metrics", "/openapi/{documentName}.json",   // is it there, and what is it
        "/api/assay/v1/keys",                                                                     // public halves
        "/assets/{name}", "/theme", "/help/reading",                                              // nothing of the registry
        "/api/2.0/mlflow-artifacts/mpu/part/{upload}/{number}", "/ajax-api/2.0/mlflow-artifacts/mpu/part/{upload}/{number}",   // the unguessable id is the credential, as in an object store
        "/oidc/exchange", "/oidc/configuration", "/oidc/device_authorization", "/oidc/token",     // where a credential is got
        "/signin", "/signin/start", "/signin/callback", "/signin/token", "/api/assay/v1/first-admin",
    ];

    [Fact]
    public async Task A_route_that_is_open_to_all_stands_in_a_list()
    {
        var server = await servers.On(Engine.Sqlite);
        var open = Routes(server).Where(r => r.Metadata.GetMetadata<Allowed>()!.Permission is Permission.Public).Select(r => Normal(r.RoutePattern.RawText!)).Distinct();
        open.Except(OpenToAll).ShouldBeEmpty();
    }

    [Theory, BothEngines]
    public async Task Nobody_without_a_credential_gets_anything(Engine engine)
    {
        await using var server = await servers.Locked(engine);
        List<string> let = [];
        foreach (var (method, path, _) in Calls(server))
            if (await Status(server.Http, method, path) is var status && status is not HttpStatusCode.Unauthorized)
                let.Add($"{method} {path} → {(int)status}");
        let.ShouldBeEmpty();
    }

    [Theory, BothEngines]
    public async Task A_credential_that_was_never_given_out_gets_nothing(Engine engine)
    {
        await using var server = await servers.Locked(engine);
        using var client = Callers.Client(server, "assay_pat_" + new string('0', 64));
        foreach (var (method, path, _) in Calls(server))
            (await Status(client, method, path)).ShouldBe(HttpStatusCode.Unauthorized, $"{method} {path}");
    }

    [Theory, BothEngines]
    public async Task Somebody_who_was_granted_nothing_changes_nothing_and_sees_nothing(Engine engine)
    {
        await using var server = await servers.Locked(engine);
        using var client = Callers.Client(server, await server.TokenOf("nobody", ["strangers"]));
        List<string> let = [];
        foreach (var (method, path, allowed) in Calls(server))
        {
            var status = await Status(client, method, path);
            // Lists are empty, not forbidden; what is asked of the body is refused for the body first, or for the permission.
            var fine = allowed.Permission is Permission.Known || status is HttpStatusCode.Forbidden
                || (allowed.By is TouchedBy.List && (int)status < 400) || (allowed.By is TouchedBy.Handler or TouchedBy.List && (int)status is 400 or 404 or 415);
            if (!fine)
                let.Add($"{method} {path} → {(int)status}");
        }
        let.ShouldBeEmpty();
    }

    public static TheoryData<string, Permission[]> WhoMayWhat => new()
    {
        { "viewers", [Permission.Read] },
        { "trainers", [Permission.Read, Permission.LogRuns, Permission.Label] },
        { "risk", [Permission.Read, Permission.Decide, Permission.Propose, Permission.RollBack, Permission.SubmitEvidence] },
        { "on-call", [Permission.Read, Permission.RollBack] },
        { "operators", [Permission.Read, Permission.Operate, Permission.Label, Permission.Propose, Permission.RollBack, Permission.Audit] },
        { "auditors", [Permission.Read, Permission.Audit] },
        { "admins", [Permission.Read, Permission.Audit, Permission.Administer] },
    };

    [Theory, MemberData(nameof(WhoMayWhat))]
    public async Task A_role_may_what_its_permission_says_on_every_route_and_nothing_else(string group, Permission[] may)
    {
        await using var server = await servers.Locked(Engine.Sqlite);
        using var client = Callers.Client(server, await server.TokenOf("somebody", [group]));
        List<string> wrong = [];
        foreach (var (method, path, allowed) in Calls(server).Where(c => c.Allowed.Permission is not Permission.Known))
        {
            var forbidden = await Status(client, method, path) is HttpStatusCode.Forbidden;
            // A handler that reads what it is about looks at the form first: {} names nothing, and says nothing of permissions.
            if (allowed.By is TouchedBy.Address ? forbidden == may.Contains(allowed.Permission) : forbidden && may.Contains(allowed.Permission))
                wrong.Add($"{method} {path} needs {allowed.Permission} and was {(forbidden ? "refused" : "let in")}");
        }
        wrong.ShouldBeEmpty();
    }

    static IEnumerable<RouteEndpoint> Routes(TestServer server) => server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();

    static string Normal(string path) => path.StartsWith('/') ? path : "/" + path;

    static List<(HttpMethod Method, string Path, Allowed Allowed)> Calls(TestServer server) =>
    [
        .. from route in Routes(server)
           let allowed = route.Metadata.GetMetadata<Allowed>()!
           where allowed.Permission is not Permission.Public
           from method in route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]
           select (HttpMethod.Parse(method), Filled(Normal(route.RoutePattern.RawText!)), allowed),
    ];

    /// <summary>Any value will do where a part of the path is asked for.</summary>
    static string Filled(string pattern) => System.Text.RegularExpressions.Regex.Replace(pattern, @"\{[^}]*\}", "1");

    static async Task<HttpStatusCode> Status(HttpClient client, HttpMethod method, string path)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.TryAddWithoutValidation("Accept", "application/json");
        if (method != HttpMethod.Get && method != HttpMethod.Head)
            request.Content = new StringContent("{}", System.Text.Encoding.UTF8, "application/json");
        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return answer.StatusCode;
    }
}
