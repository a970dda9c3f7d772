using System.Collections.Concurrent;

namespace Assay.Cli.Access;

/// <summary>
/// Where a CI gives its job identity tokens once, at its start: credentials are got while those are young and renewed while the command is silent, since
/// one that has ended is renewed no more.
/// </summary>
internal sealed class KeptCredentials(CiLogin login, ExchangedTokens tokens, IReadOnlyList<string> wanted, Action<string> note)
{
    static readonly TimeSpan Every = TimeSpan.FromSeconds(15);

    readonly ConcurrentDictionary<string, bool> lost = new(StringComparer.Ordinal);

    /// <summary>Looks after them until it is told to stop.</summary>
    public async Task Run(TimeProvider time, CancellationToken ct)
    {
        try
        {
            using var timer = new PeriodicTimer(Every, time);
            do
                await Look(ct);
            while (await timer.WaitForNextTickAsync(ct));
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The command has ended.
        }
    }

    /// <summary>One round: gets what is wanted and renews what is about to end. What cannot be had for good is said once.</summary>
    public async Task Look(CancellationToken ct)
    {
        foreach (var scope in wanted.Union(tokens.Alive).Where(s => !lost.ContainsKey(s)))
            try
            {
                if (!await login.Wanted(ct))
                    return;
                await tokens.For(scope, ct);
            }
            catch (ExchangeException e) when (e.Passing)
            {
                // The next round tries again.
            }
            catch (ExchangeException e)
            {
                lost[scope] = true;
                note($"assay run: no credential for {scope}: {ForwarderAnswer.Words(e.Refusal)}");
            }
    }
}
