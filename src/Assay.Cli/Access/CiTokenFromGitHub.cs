using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Assay.Cli.Access;

/// <summary>GitHub Actions: an address that gives a new identity token for any audience, to jobs with <c>permissions: id-token: write</c>.</summary>
internal sealed class CiTokenFromGitHub(Uri address, string bearer) : CiTokenSource
{
    static readonly TimeSpan MostTime = TimeSpan.FromSeconds(20);

    public override string Name => "GitHub Actions";

    public static CiTokenFromGitHub? Of(Func<string, string?> variable) =>
        Uri.TryCreate(variable("ACTIONS_ID_TOKEN_REQUEST_URL"), UriKind.Absolute, out var address) && variable("ACTIONS_ID_TOKEN_REQUEST_TOKEN") is { Length: > 0 } bearer ? new(address, bearer) : null;

    public override async Task<string> Next(string audience, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(MostTime);
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = !address.IsLoopback });
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{address}{(address.Query.Length > 0 ? "&" : "?")}audience={Uri.EscapeDataString(audience)}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
        try
        {
            using var answer = await http.SendAsync(request, limit.Token);
            var text = await answer.Content.ReadAsStringAsync(limit.Token);
            return answer.IsSuccessStatusCode && JsonNode.Parse(text)?["value"] is JsonValue value && value.TryGetValue<string>(out var token) ? token
                : throw new CiTokenException($"GitHub gave no identity token (status {(int)answer.StatusCode}). The job needs permissions: id-token: write.");
        }
        catch (Exception e) when (e is HttpRequestException or JsonException || e is OperationCanceledException && !ct.IsCancellationRequested)
        {
            throw new CiTokenException($"GitHub's service for identity tokens cannot be asked: {(e is OperationCanceledException ? $"no answer within {MostTime.TotalSeconds} s" : e.Message)}", e);
        }
    }
}
