using System.Text;
using System.Text.Json;
using Assay.Server.Access.Tokens;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Assay.Server.Access.Exchange;

/// <summary>What a token exchange asks for (RFC 8693, as a form or as JSON), read and sound.</summary>
/// <param name="Token">The identity token, unproven.</param>
/// <param name="Wanted">The one thing it shall be good for.</param>
/// <param name="Scope">The same as it was written.</param>
/// <param name="Renews">Is the token no identity token, but a credential that was minted for one?</param>
/// <param name="Nonce">Random letters of the caller: by them the same renewal can be asked for again when its answer was lost.</param>
sealed record ExchangeRequest(string Token, TokenScope Wanted, string Scope, bool Renews = false, string? Nonce = null)
{
    public const string Grant = "urn:ietf:params:oauth:grant-type:token-exchange", Jwt = "urn:ietf:params:oauth:token-type:jwt", IdToken = "urn:ietf:params:oauth:token-type:id_token",
        AccessToken = "urn:ietf:params:oauth:token-type:access_token";

    /// <summary>The largest body and the largest identity token, bytes.</summary>
    public const int MostBody = 64 << 10, MostToken = 16 << 10;

    const int MostScope = 500, LeastNonce = 43, MostNonce = 200;

    /// <summary>Reads one, or says what is wrong with it.</summary>
    public static async Task<(ExchangeRequest? Request, ExchangeRefusal? Refusal)> Read(HttpRequest request, CancellationToken ct)
    {
        if (await Body(request, ct) is not { } body)
            return (null, ExchangeRefusal.Request($"The body is larger than {MostBody} bytes."));
        var fields = request.ContentType?.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) == true ? OfJson(body) : OfForm(body);
        if (fields is null)
            return (null, ExchangeRefusal.Request("The body is neither a form nor a JSON object of texts with each field once."));
        string Field(string name) => fields.GetValueOrDefault(name, "");
        if (Field("grant_type") != Grant)
            return (null, ExchangeRefusal.GrantType());
        var type = Field("subject_token_type");
        if (type is not (Jwt or IdToken or AccessToken))
            return (null, ExchangeRefusal.Request($"subject_token_type is neither {Jwt} nor {AccessToken}."));
        var nonce = fields.GetValueOrDefault("nonce");
        if (nonce is not null && (nonce.Length is < LeastNonce or > MostNonce || !nonce.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')))
            return (null, ExchangeRefusal.Request($"nonce is not {LeastNonce} to {MostNonce} random letters, digits, '-' and '_'."));
        if (Field("requested_token_type") is not ("" or AccessToken))
            return (null, ExchangeRefusal.Request($"requested_token_type is not {AccessToken}."));
        if (Field("subject_token") is not { Length: > 0 and <= MostToken } token)
            return (null, ExchangeRefusal.Request($"subject_token is missing, or longer than {MostToken} characters."));
        var scope = Field("scope");
        return scope.Length <= MostScope && !scope.Any(c => c is '*' || char.IsControl(c)) && TokenScope.Parse(scope) is { } wanted
            ? (new(token, wanted, scope, type == AccessToken, nonce), null)
            : (null, ExchangeRefusal.NoScope());
    }

    static async Task<byte[]?> Body(HttpRequest request, CancellationToken ct)
    {
        using var kept = new MemoryStream();
        var buffer = new byte[8 << 10];
        for (int n; (n = await request.Body.ReadAsync(buffer, ct)) > 0;)
        {
            if (kept.Length + n > MostBody)
                return null;
            kept.Write(buffer, 0, n);
        }
        return kept.ToArray();
    }

    static Dictionary<string, string>? OfForm(byte[] body)
    {
        var read = QueryHelpers.ParseQuery(Encoding.UTF8.GetString(body));
        return read.Any(f => f.Value.Count != 1) ? null : read.ToDictionary(f => f.Key, f => f.Value.ToString(), StringComparer.Ordinal);
    }

    static Dictionary<string, string>? OfJson(byte[] body)
    {
        if (SoundJson.Object(body) is not { } read)
            return null;
        return read.Any(f => f.Value?.GetValueKind() is not JsonValueKind.String) ? null : read.ToDictionary(f => f.Key, f => f.Value!.GetValue<string>(), StringComparer.Ordinal);
    }
}
