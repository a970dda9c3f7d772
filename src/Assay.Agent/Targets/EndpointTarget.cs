using System.Text.Json;
using System.Text.Json.Nodes;
using Assay.Client.Api;
using Assay.Contracts;

namespace Assay.Agent.Targets;

/// <summary>A model server that says which digest it serves: <c>GET /assay/digest</c>, through the address that its users take (level 5).</summary>
public sealed record EndpointTarget(Uri Address, string Model, string Slot) : Target(Model, Slot)
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    public override string Name => Address.ToString();

    /// <inheritdoc/>
    public override async Task<Look> Look(HttpClient http, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Patience);
        try
        {
            using var answer = await http.GetAsync(new Uri(Address.AbsoluteUri.TrimEnd('/') + "/assay/digest"), limit.Token);
            var body = await answer.Content.ReadAsByteArrayAsync(limit.Token);
            return answer.IsSuccessStatusCode ? Read(JsonNode.Parse(body)) : Unknown($"{Address} answered {(int)answer.StatusCode} to GET /assay/digest");
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return Unknown($"{Address} did not answer within {Patience.TotalSeconds:0} s");
        }
        catch (Exception e) when (e is HttpRequestException or JsonException)
        {
            return Unknown($"{Address} cannot be asked: {e.Message}");
        }
    }

    Look Read(JsonNode? said)
    {
        if (!Digest.TryParse(said.Text("digest"), out var digest))
            return Unknown($"{Address} does not say which digest it serves");
        // A server whose files no longer are what their manifest says does not know what it serves.
        return said.Text("files") is { } files and not "verified" ? Unknown($"{Address} says that its files are {files}") : new(digest, 5, null);
    }

    static Look Unknown(string problem) => new(null, 5, problem);
}
