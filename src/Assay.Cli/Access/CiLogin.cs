using System.Text.Json;
using System.Text.Json.Nodes;
using Assay.Cli.Surface;
using Assay.Contracts;

namespace Assay.Cli.Access;

/// <summary>Exchanges identity tokens of this CI job for credentials of one registry (<c>POST /oidc/exchange</c>).</summary>
internal sealed class CiLogin(Uri server, CiTokenSource source, TimeProvider time) : IDisposable
{
    static readonly TimeSpan MostTime = TimeSpan.FromSeconds(30);

    readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = !server.IsLoopback, ConnectTimeout = TimeSpan.FromSeconds(10) })
    {
        BaseAddress = server.AbsolutePath.EndsWith('/') ? server : new Uri(server + "/"),
        Timeout = MostTime,
    };

    string? audience;

    /// <summary>The scope that was given, or the experiment of the environment.</summary>
    public static string Scope(string? given) => given ?? (Environment.GetEnvironmentVariable("MLFLOW_EXPERIMENT_NAME") is { Length: > 0 } experiment ? $"log:{experiment}"
        : throw new WrongUseException("It is not said what the credential shall be for.", "Give --scope log:EXPERIMENT, submit:MODEL, attest:KIND:MODEL or report:ENVIRONMENT.", "scope"));

    /// <summary>Asks the registry whether it wants identity at all; in local mode it does not. Throws <see cref="ExchangeException"/>.</summary>
    public async Task<bool> Wanted(CancellationToken ct)
    {
        if (audience is not null)
            return true;
        var said = await Ask(new(HttpMethod.Get, "oidc/configuration"), ct);
        if (said.Status is not 200)
            throw Refused("no-configuration", $"{server} does not say whose identity tokens it takes (status {said.Status}).", "Give the address of an Assay server of this version with --server URL.", said.Status);
        audience = (string?)said.Body["audience"];
        return said.Body["identity"]?.GetValue<bool>() == true && audience is not null;
    }

    /// <summary>A credential for one scope (<c>log:EXPERIMENT</c>, <c>submit:MODEL</c>, <c>attest:KIND:MODEL</c>, <c>report:ENVIRONMENT</c>). Throws <see cref="ExchangeException"/>.</summary>
    public async Task<ExchangedToken> Exchange(string scope, CancellationToken ct)
    {
        if (!await Wanted(ct))
            throw Refused("local-mode", $"{server} runs in local mode and needs no credential.", "Leave assay login out.", 400);
        var token = await Next(ct);
        var now = time.GetUtcNow();
        var (status, body) = await Ask(new(HttpMethod.Post, "oidc/exchange")
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["grant_type"] = "urn:ietf:params:oauth:grant-type:token-exchange",
                ["subject_token"] = token,
                ["subject_token_type"] = "urn:ietf:params:oauth:token-type:jwt",
                ["scope"] = scope,
            }),
        }, ct);
        return status is 200 && (string?)body["access_token"] is { } secret
            ? new(secret, scope, now.AddSeconds(body["expires_in"]!.GetValue<int>()))
            : throw Refused((string?)body["code"] ?? "exchange-failed", (string?)body["error_description"] ?? (string?)body["message"] ?? $"{server} answered {status} to the exchange.",
                $"The token came from {source.Name}. An administrator sees the attempt in the ledger (token.exchanged), and changes the rule with assay access apply.", status);
    }

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();

    async Task<string> Next(CancellationToken ct)
    {
        try
        {
            return await source.Next(audience!, ct);
        }
        catch (CiTokenException e)
        {
            throw new ExchangeException(new(RefusalKind.Forbidden, "no-identity-token", e.Message), passing: true);
        }
    }

    async Task<(int Status, JsonNode Body)> Ask(HttpRequestMessage request, CancellationToken ct)
    {
        using (request)
            try
            {
                using var answer = await http.SendAsync(request, ct);
                return ((int)answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync(ct)) ?? new JsonObject());
            }
            catch (Exception e) when (e is HttpRequestException || e is OperationCanceledException && !ct.IsCancellationRequested)
            {
                throw Refused("unreachable", $"{server} cannot be asked: {e.Message}", "Give another address with --server URL.", 503);
            }
            catch (JsonException)
            {
                throw Refused("no-configuration", $"{server} did not answer with JSON: it is no Assay server of this version.", "Give its address with --server URL.", 400);
            }
    }

    static ExchangeException Refused(string code, string message, string mend, int status) =>
        new(new(status >= 500 ? RefusalKind.Unavailable : RefusalKind.Forbidden, code, message, mend), passing: status is 429 or >= 500);
}
