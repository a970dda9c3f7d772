using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assay.Contracts;
using Assay.Server.Access.Policy;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Assay.Server.Access.People.SigningIn;

/// <summary>The provider that people sign in at, over HTTP: what it publishes, and what it gives for a code. Follows no redirects; ten seconds and one mebibyte at most.</summary>
sealed class Provider
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10), Pause = TimeSpan.FromSeconds(30);
    readonly HttpClient http;
    readonly TimeProvider time;
    volatile ConfigurationManager<OpenIdConnectConfiguration> published;
    DateTimeOffset read;

    public Provider(SignIn settings, TimeProvider time)
    {
        Settings = settings;
        http = new(Handler(settings.Ca)) { Timeout = Patience, MaxResponseContentBufferSize = 1 << 20 };
        this.time = time;
        published = Unread();
    }

    /// <summary>What the access policy says of it.</summary>
    public SignIn Settings { get; }

    /// <summary>What it publishes of itself: kept, and read again when a key is not among its keys.</summary>
    public async Task<Result<OpenIdConnectConfiguration>> Published(bool anew, CancellationToken ct)
    {
        try
        {
            if (anew)
                Forget();
            var found = await published.GetConfigurationAsync(ct);
            if (!string.Equals(found.Issuer, Settings.Issuer, StringComparison.Ordinal))
                return PersonRefusals.ProviderUnreachable(Settings.Issuer, $"it calls itself {found.Issuer}");
            return Safe(found.AuthorizationEndpoint) && Safe(found.TokenEndpoint) ? found : PersonRefusals.ProviderUnreachable(Settings.Issuer, "its endpoints are not https");
        }
        catch (Exception e) when (e is InvalidOperationException or IOException or HttpRequestException or TaskCanceledException && !ct.IsCancellationRequested)
        {
            return PersonRefusals.ProviderUnreachable(Settings.Issuer, "its discovery document cannot be read");
        }
    }

    ConfigurationManager<OpenIdConnectConfiguration> Unread() => new($"{Settings.Issuer.TrimEnd('/')}/.well-known/openid-configuration", new OpenIdConnectConfigurationRetriever(),
        new HttpDocumentRetriever(http) { RequireHttps = Settings.Issuer.StartsWith("https:", StringComparison.Ordinal) });

    /// <summary>At most twice a minute. RequestRefresh would read in the background, and this sign-in would still see the old keys.</summary>
    void Forget()
    {
        lock (http)
        {
            if (time.GetUtcNow() - read < Pause)
                return;
            (read, published) = (time.GetUtcNow(), Unread());
        }
    }

    /// <summary>Changes a code into the provider's answer (RFC 6749 §4.1.3, with the verifier of PKCE).</summary>
    public async Task<Result<JsonObject>> Redeem(OpenIdConnectConfiguration at, string code, string verifier, string redirect, CancellationToken ct)
    {
        Dictionary<string, string> form = new() { ["grant_type"] = "authorization_code", ["code"] = code, ["redirect_uri"] = redirect, ["code_verifier"] = verifier };
        using var request = new HttpRequestMessage(HttpMethod.Post, at.TokenEndpoint);
        if (Settings.ClientSecretFile is not { } file)
            form["client_id"] = Settings.ClientId;
        else if (await Secret(file, ct) is not { } secret)
            return PersonRefusals.SecretUnreadable(file);
        else if (at.TokenEndpointAuthMethodsSupported is { Count: > 0 } ways && !ways.Contains("client_secret_basic") && ways.Contains("client_secret_post"))
            (form["client_id"], form["client_secret"]) = (Settings.ClientId, secret);
        else
            request.Headers.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Uri.EscapeDataString(Settings.ClientId)}:{Uri.EscapeDataString(secret)}")));
        request.Content = new FormUrlEncodedContent(form);
        return await Ask(request, ct);
    }

    /// <summary>What it says of whoever holds the access token, where the ID token is silent about groups.</summary>
    public async Task<Result<JsonObject>> UserInfo(OpenIdConnectConfiguration at, string accessToken, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, at.UserInfoEndpoint);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", accessToken);
        return await Ask(request, ct);
    }

    async Task<Result<JsonObject>> Ask(HttpRequestMessage request, CancellationToken ct)
    {
        try
        {
            using var answer = await http.SendAsync(request, ct);
            var body = JsonNode.Parse(await answer.Content.ReadAsStringAsync(ct)) as JsonObject;
            return answer.IsSuccessStatusCode && body is not null ? body : PersonRefusals.ProviderRefused(Code(body) ?? $"status {(int)answer.StatusCode}");
        }
        catch (Exception e) when (e is HttpRequestException or JsonException or TaskCanceledException && !ct.IsCancellationRequested)
        {
            return PersonRefusals.ProviderUnreachable(Settings.Issuer, "it gave no answer that can be read");
        }
    }

    /// <summary>The error code of RFC 6749, if it is one: what else stands there may be anything.</summary>
    public static string? Code(JsonObject? body) => body?["error"] is JsonValue value && value.TryGetValue<string>(out var code) ? Plain(code) : null;

    /// <summary>An error code of letters and underscores; null for anything else.</summary>
    public static string? Plain(string? code) => code is { Length: > 0 and <= 60 } && code.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-') ? code : null;

    bool Safe(string? address) => Uri.TryCreate(address, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || (uri.IsLoopback && Settings.Issuer.StartsWith("http:", StringComparison.Ordinal)));

    static async Task<string?> Secret(string file, CancellationToken ct)
    {
        try
        {
            return (await File.ReadAllTextAsync(file, ct)).Trim() is { Length: > 0 } secret ? secret : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    static SocketsHttpHandler Handler(string? ca)
    {
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = TimeSpan.FromSeconds(5), PooledConnectionLifetime = TimeSpan.FromMinutes(10) };
        if (ca is not null)
        {
            var authorities = new X509Certificate2Collection();
            authorities.ImportFromPemFile(ca);
            handler.SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = new() { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck } };
            handler.SslOptions.CertificateChainPolicy.CustomTrustStore.AddRange(authorities);
        }
        return handler;
    }
}
