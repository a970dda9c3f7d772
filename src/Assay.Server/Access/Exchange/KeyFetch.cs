using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Assay.Server.Access.Policy;

namespace Assay.Server.Access.Exchange;

/// <summary>
/// Brings the keys of an issuer that the access policy names: from its file, or by discovery at the address in the policy, never at one that a token
/// names. Follows no redirect, reads no more than it must, and waits for nobody long.
/// </summary>
sealed class KeyFetch
{
    /// <summary>How long both requests together may take.</summary>
    static readonly TimeSpan MostTime = TimeSpan.FromSeconds(10);

    const int MostBytes = 512 << 10;

    /// <summary>The key set's text. Throws <see cref="KeyFetchException"/> when it cannot be had.</summary>
    public async Task<string> Keys(TrustedIssuer issuer)
    {
        using var limit = new CancellationTokenSource(MostTime);
        try
        {
            if (issuer.Jwks is { } file)
                return await File.ReadAllTextAsync(file, limit.Token);
            // Fetches are half a minute apart at least: a client for each costs nothing and keeps no connection.
            using var http = Client(new(issuer.Issuer), issuer.Ca);
            return await Discovered(http, issuer.Issuer, limit.Token);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or UnauthorizedAccessException or OperationCanceledException or CryptographicException)
        {
            throw new KeyFetchException(e is OperationCanceledException ? $"no answer within {MostTime.TotalSeconds} s" : e.Message, e);
        }
    }

    static async Task<string> Discovered(HttpClient http, string issuer, CancellationToken ct)
    {
        var described = SoundJson.Object(await Get(http, new(issuer.TrimEnd('/') + "/.well-known/openid-configuration"), ct)) ?? throw new KeyFetchException("its discovery document is no JSON object");
        if (described["issuer"] is not JsonValue named || !named.TryGetValue<string>(out var itself) || itself != issuer)
            throw new KeyFetchException($"its discovery document is another issuer's, not {issuer}'s");
        if (described["jwks_uri"] is not JsonValue at || !at.TryGetValue<string>(out var text) || !Uri.TryCreate(text, UriKind.Absolute, out var keys) || !Allowed(keys, new(issuer)))
            throw new KeyFetchException("its discovery document names no https address of keys (jwks_uri)");
        return System.Text.Encoding.UTF8.GetString(await Get(http, keys, ct));
    }

    /// <summary>Keys come over https; over plain http only from this machine, for an issuer on this machine.</summary>
    static bool Allowed(Uri keys, Uri issuer) => keys.Scheme == Uri.UriSchemeHttps || keys.Scheme == Uri.UriSchemeHttp && keys.IsLoopback && issuer.Scheme == Uri.UriSchemeHttp && issuer.IsLoopback;

    static async Task<byte[]> Get(HttpClient http, Uri from, CancellationToken ct)
    {
        using var answer = await http.GetAsync(from, HttpCompletionOption.ResponseHeadersRead, ct);
        if (!answer.IsSuccessStatusCode)
            throw new KeyFetchException($"{from} answered {(int)answer.StatusCode}");
        using var kept = new MemoryStream();
        await using var body = await answer.Content.ReadAsStreamAsync(ct);
        var buffer = new byte[16 << 10];
        for (int n; (n = await body.ReadAsync(buffer, ct)) > 0;)
        {
            if (kept.Length + n > MostBytes)
                throw new KeyFetchException($"{from} answered more than {MostBytes} bytes");
            kept.Write(buffer, 0, n);
        }
        return kept.ToArray();
    }

    static HttpClient Client(Uri issuer, string? ca)
    {
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = !issuer.IsLoopback, ConnectTimeout = TimeSpan.FromSeconds(5) };
        if (ca is not null)
        {
            var authorities = new X509Certificate2Collection();
            authorities.ImportFromPemFile(ca);
            handler.SslOptions.CertificateChainPolicy = new() { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            handler.SslOptions.CertificateChainPolicy.CustomTrustStore.AddRange(authorities);
        }
        return new(handler, disposeHandler: true) { Timeout = Timeout.InfiniteTimeSpan };
    }
}

/// <summary>The keys of an issuer cannot be had; the message says why, for the operator's log.</summary>
sealed class KeyFetchException(string message, Exception? inner = null) : Exception(message, inner);
