using System.Threading.Channels;
using Assay.Contracts;
using Assay.Server.Identity;
using Assay.Server.Ledger;
using Assay.Server.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;

namespace Assay.Server.Access;

/// <summary>
/// Puts refusals on record without letting a request wait for it: unknown callers are counted, a known one's attempts at a change stand with its name,
/// the same attempt once a minute.
/// </summary>
sealed class RefusalRecords(RefusalCounter counter, LedgerWriter ledger, Store store, TimeProvider time) : BackgroundService, IRefusalWitness
{
    const int MostWaiting = 1000, MostRemembered = 10_000;

    readonly record struct Attempt(Principal Who, Permission Permission, Scope About, Refusal Refusal);

    readonly Channel<Attempt> waiting = Channel.CreateBounded<Attempt>(new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropWrite });
    readonly Lock one = new();
    readonly HashSet<(string, Permission, Scope)> told = [];
    long minute;

    public void Unknown(HttpContext context, Refusal refusal) =>
        counter.Count(context.Connection.RemoteIpAddress?.ToString() ?? "unknown", HttpMethods.IsGet(context.Request.Method) ? "look" : "change", refusal.Code);

    public void Known(Principal principal, Permission permission, Scope scope, Refusal refusal)
    {
        if (permission is not Permission.Read && IsNew((principal.ToString(), permission, scope)))
            waiting.Writer.TryWrite(new(principal, permission, scope, refusal));
    }

    bool IsNew((string, Permission, Scope) attempt)
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds() / 60;
        lock (one)
        {
            if (now != minute || told.Count == MostRemembered)
            {
                told.Clear();
                minute = now;
            }
            return told.Add(attempt);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var attempt in waiting.Reader.ReadAllAsync(stoppingToken))
            try
            {
                await store.Do(tx => ledger.RecordRefused(tx, attempt.Who, LedgerActions.AccessRefused, new(attempt.About.Model, Environment: attempt.About.Environment), Told(attempt)), stoppingToken);
            }
            catch (StoreUnavailableException)
            {
                // Nobody can change anything now either; the next attempt is told again.
            }
    }

    static System.Text.Json.Nodes.JsonObject Told(Attempt attempt)
    {
        var detail = LedgerWriter.Reason(attempt.Refusal);
        detail["permission"] = attempt.Permission.ToString();
        if (attempt.About.Experiment is { } experiment)
            detail["experiment"] = experiment;
        return detail;
    }
}
