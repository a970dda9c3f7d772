using System.Text.Json;
using System.Text.Json.Nodes;
using Assay.Cli.Surface;
using Assay.Client.Api;

namespace Assay.Cli.Access;

/// <summary>Signing in from a terminal (RFC 8628): the person confirms a code in a browser, meanwhile this waits.</summary>
internal sealed class DeviceLogin(Uri server, Output to, TimeProvider time) : IDisposable
{
    const string GrantType = "urn:ietf:params:oauth:grant-type:device_code", Client = "assay-cli";
    readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = !server.IsLoopback, AllowAutoRedirect = false, ConnectTimeout = TimeSpan.FromSeconds(10) })
    {
        BaseAddress = server.AbsolutePath.EndsWith('/') ? server : new Uri(server + "/"),
        Timeout = TimeSpan.FromSeconds(30),
    };

    /// <summary>The token and how long it lives, once the person has confirmed; null when the person refused or took too long, which is said.</summary>
    public async Task<(string Token, TimeSpan Lifetime)?> Run(CancellationToken ct)
    {
        var begun = await Post("oidc/device_authorization", new() { ["client_id"] = Client, ["client_name"] = Environment.MachineName }, ct);
        if (begun.Text("error") is { } refused)
            throw new WrongUseException($"{server} does not sign anybody in now ({refused}). {begun.Text("error_description")}", "In local mode there is nothing to sign in to; else give --token, or ask whoever runs the registry.");
        to.Problem($"Open {begun.Text("verification_uri")} in a browser, sign in, and confirm the code {begun.Text("user_code")}.");
        to.Note($"The same in one: {begun.Text("verification_uri_complete")}");
        var (interval, secret) = (TimeSpan.FromSeconds(begun.Whole("interval") ?? 5), begun.Text("device_code")!);
        var ends = time.GetUtcNow() + TimeSpan.FromSeconds(begun.Whole("expires_in") ?? 600);
        while (time.GetUtcNow() < ends)
        {
            await Task.Delay(interval, time, ct);
            var answer = await Post("oidc/token", new() { ["grant_type"] = GrantType, ["device_code"] = secret, ["client_id"] = Client }, ct);
            if (answer.Text("access_token") is { } token)
                return (token, TimeSpan.FromSeconds(answer.Whole("expires_in") ?? 0));
            switch (answer.Text("error"))
            {
                case "authorization_pending":
                    break;
                case "slow_down":
                    interval += TimeSpan.FromSeconds(5);
                    break;
                case "access_denied":
                    to.Problem("Refused in the browser: nobody is signed in.");
                    return null;
                default:
                    to.Problem($"The code is no longer good ({answer.Text("error")}). Run assay login again.");
                    return null;
            }
        }
        to.Problem("Nobody confirmed within ten minutes. Run assay login again.");
        return null;
    }

    async Task<JsonNode> Post(string path, Dictionary<string, string> form, CancellationToken ct)
    {
        try
        {
            using var content = new FormUrlEncodedContent(form);
            using var answer = await http.PostAsync(new Uri(path, UriKind.Relative), content, ct);
            return JsonNode.Parse(await answer.Content.ReadAsStringAsync(ct)) ?? new JsonObject();
        }
        catch (Exception e) when (e is HttpRequestException or JsonException)
        {
            throw new ApiUnreachableException($"{server} cannot be asked: {e.Message}. Give another address with --server URL.", e);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();
}
