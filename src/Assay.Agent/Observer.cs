using System.Text.Json.Nodes;
using Assay.Client.Api;
using Assay.Contracts;

namespace Assay.Agent;

/// <summary>What one round of looking and telling gave.</summary>
/// <param name="Body">What was told.</param>
/// <param name="Answer">What the registry made of it.</param>
/// <param name="Problems">What could not be looked at, or is wrong, a sentence each.</param>
public sealed record Round(JsonObject Body, JsonNode Answer, IReadOnlyList<string> Problems);

/// <summary>Looks at its targets and tells the registry; reads only, and writes nothing where it looks.</summary>
public sealed class Observer(AgentOptions options, AssayApi api, HttpClient http, TimeProvider time)
{
    readonly string epoch = Ulid.New(time.GetUtcNow());
    long seq;

    /// <summary>When the registry last took an observation; null: never yet.</summary>
    public DateTimeOffset? LastTold { get; private set; }

    /// <summary>One round.</summary>
    public async Task<Round> Look(CancellationToken ct)
    {
        var looks = await Task.WhenAll(options.Targets.Select(async target => (target, await target.Look(http, ct))));
        var body = ObservationBody.Of(options, epoch, seq++, time.GetUtcNow(), looks);
        var answer = await api.Post("observations", body, ct);
        LastTold = time.GetUtcNow();
        return new(body, answer, [.. looks.Select(l => l.Item2.Problem).OfType<string>()]);
    }

    /// <summary>Round after round until cancelled. A registry that does not answer is asked again at the next heartbeat.</summary>
    public async Task Run(Action<Round> told, Action<string> failed, CancellationToken ct)
    {
        using var heartbeat = new PeriodicTimer(options.Heartbeat, time);
        do
        {
            try
            {
                told(await Look(ct));
            }
            catch (Exception e) when (e is ApiUnreachableException or ApiRefusalException)
            {
                failed(e.Message);
            }
        }
        while (await heartbeat.WaitForNextTickAsync(ct));
    }
}
