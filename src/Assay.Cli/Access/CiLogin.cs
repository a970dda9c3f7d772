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

    /// <summary>Does the CI give no more tokens than those it gave when the job started?</summary>
    public bool Finite => source.Finite;

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
        return await Traded(await Next(ct), "jwt", scope, [], ct);
    }

    /// <summary>The next credential for one that has not ended; with the same <paramref name="nonce"/> the same one again, should its answer be lost. Throws <see cref="ExchangeException"/>.</summary>
    public Task<ExchangedToken> Renew(ExchangedToken token, string nonce, CancellationToken ct) => Traded(token.Secret, "access_token", token.Scope, [new("nonce", nonce)], ct);

    /// <summary>Ends one, and what it was renewed into: best effort, it ends by itself.</summary>
    public async Task End(ExchangedToken token, CancellationToken ct)
    {
        HttpRequestMessage As(HttpMethod method, string path) => new(method, path) { Headers = { Authorization = new("Bearer", token.Secret) } };
        try
        {
            if ((string?)(await Ask(As(HttpMethod.Get, "api/assay/v1/whoami"), ct)).Body["credential"] is ['t', 'o', 'k', 'e', 'n', ':', .. var id])
                using (var request = As(HttpMethod.Delete, $"api/assay/v1/tokens/{id}"))
                using (await http.SendAsync(request, ct))
                {
                }
        }
        catch (Exception e) when (e is ExchangeException or HttpRequestException or OperationCanceledException)
        {
            // Then it ends with its ten minutes.
        }
    }

    async Task<ExchangedToken> Traded(string subject, string type, string scope, IEnumerable<KeyValuePair<string, string>> more, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var (status, body) = await Ask(new(HttpMethod.Post, "oidc/exchange")
        {
            Content = new FormUrlEncodedContent([
                new("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange"),
                new("subject_token", subject),
                new("subject_token_type", $"urn:ietf:params:oauth:token-type:{type}"),
                new("scope", scope),
                .. more]),
        }, ct);
        return status is 200 && (string?)body["access_token"] is { } secret
            ? new(secret, scope, now.AddSeconds(body["expires_in"]!.GetValue<int>())) { RenewableUntil = (int?)body["renewable_for"] is { } seconds ? now.AddSeconds(seconds) : null }
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
