using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assay.Contracts;

namespace Assay.Cli.Access;

/// <summary>Which credential a request of the command gets. Names of experiments behind ids and runs are asked from the registry once.</summary>
internal sealed class ForwarderScopes(HttpClient registry, ExchangedTokens tokens, string? experiment)
{
    readonly ConcurrentDictionary<string, string> names = new(StringComparer.Ordinal);

    /// <summary>What was logged to last: what is meant when nothing else says so, and what to look up the rest with.</summary>
    volatile string? last = experiment;

    /// <summary>The credential. Throws <see cref="ExchangeException"/> with what to do.</summary>
    public async Task<ExchangedToken> For(ForwarderNeed need, CancellationToken ct)
    {
        if (need.Looks && tokens.Any is { } any)
            return any;
        if (need.Scope is { } scope && !need.Looks)
            return await tokens.For(scope, ct);
        var name = await Experiment(need, ct) ?? throw Unknown();
        var token = await tokens.For($"log:{name}", ct);
        last = name;
        return token;
    }

    async Task<string?> Experiment(ForwarderNeed need, CancellationToken ct)
    {
        if (need.ExperimentName is { } name)
            return name;
        if (need.ExperimentId is { } id)
            return await Named(id, ct) ?? last;
        if (need.RunId is { } run)
            return await Known($"runs/get?run_id={Uri.EscapeDataString(run)}", "run", "info", "experiment_id", ct) is { } of ? await Named(of, ct) ?? last : last;
        return last;
    }

    // The first experiment of every registry has this name: whoever names none logs there.
    async Task<string?> Named(string id, CancellationToken ct) => await Known($"experiments/get?experiment_id={Uri.EscapeDataString(id)}", "experiment", null, "name", ct) ?? (last is null && id == "0" ? "Default" : null);

    /// <summary>One field of what the registry answers to whoever may look; null when it cannot be known.</summary>
    async Task<string?> Known(string route, string part, string? inner, string field, CancellationToken ct)
    {
        if (names.TryGetValue(route, out var known))
            return known;
        if ((tokens.Any ?? (last is { } name ? await tokens.For($"log:{name}", ct) : null)) is not { } token)
            return null;
        using var request = new HttpRequestMessage(HttpMethod.Get, "api/2.0/mlflow/" + route) { Headers = { Authorization = new("Bearer", token.Secret) } };
        try
        {
            using var answer = await registry.SendAsync(request, ct);
            if (!answer.IsSuccessStatusCode || JsonNode.Parse(await answer.Content.ReadAsStringAsync(ct))?[part] is not { } found)
                return null;
            return (inner is null ? found : found[inner])?[field]?.ToString() is { } value ? names[route] = value : null;
        }
        catch (Exception e) when (e is HttpRequestException or JsonException)
        {
            return null;
        }
    }

    static ExchangeException Unknown() => new(new(RefusalKind.Forbidden, "unknown-experiment",
        "It is not known for which experiment or model this needs a credential.", "Give assay run --experiment NAME (or MLFLOW_EXPERIMENT_NAME)."));
}
