using Assay.Contracts;
using Assay.Server.Identity;
using Assay.Server.Storage;

namespace Assay.Server.Tracking;

/// <summary>
/// Points that several callers log at the same moment, written by one unit: one look at their runs, two statements and one commit for all of them. While
/// one unit is on its way to the disk the next gathers; a caller that is alone waits for nobody. Only what is plainly allowed goes this way; everything
/// else (a run that is sealed, deleted, unknown, or new to its writer; a machine that fails) is left to a unit of the caller's own, which answers precisely.
/// </summary>
sealed class SharedAppend(Store store)
{
    const int MostTogether = 256;

    readonly Lock door = new();
    List<Call> waiting = [];
    bool going;

    sealed record Call(string Run, string Who, RunBatch Batch)
    {
        public TaskCompletionSource<bool> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>True once the points are on stable storage; false when nothing was done and the caller should write them by itself.</summary>
    public Task<bool> Append(string run, RunBatch batch, Principal who)
    {
        var call = new Call(run, who.Origin, batch);
        lock (door)
        {
            waiting.Add(call);
            if (going)
                return call.Done.Task;
            going = true;
        }
        _ = WriteNext();
        return call.Done.Task;
    }

    async Task WriteNext()
    {
        var calls = Next();
        HashSet<(string, string)> written = [];
        try
        {
            written = await Write(calls);
        }
        catch (Exception)
        {
            // Each caller tries alone, and is told what is wrong with its own.
        }
        foreach (var call in calls)
            call.Done.SetResult(written.Contains((call.Run, call.Who)));
        // Those who came meanwhile are not this caller's business: it has its answer.
        if (More())
            ThreadPool.UnsafeQueueUserWorkItem(static shared => _ = shared.WriteNext(), this, preferLocal: false);
    }

    List<Call> Next()
    {
        lock (door)
        {
            var calls = waiting.Count <= MostTogether ? waiting : waiting[..MostTogether];
            waiting = waiting.Count <= MostTogether ? [] : waiting[MostTogether..];
            return calls;
        }
    }

    bool More()
    {
        lock (door)
            return going = waiting.Count > 0;
    }

    async Task<HashSet<(string, string)>> Write(List<Call> calls)
    {
        HashSet<(string, string)> open = [];
        await store.Do(async tx =>
        {
            var asked = calls.Select(c => (c.Run, c.Who)).Distinct().OrderBy(c => c.Run, StringComparer.Ordinal).ToArray();
            await tx.LockShared("tracking", [.. asked.Select(a => a.Run).Distinct(StringComparer.Ordinal)]);
            open = [.. await tx.All(MetricSql.Open, new Rows(asked.Length, ("run_id", Array.ConvertAll(asked, a => a.Run)), ("who", Array.ConvertAll(asked, a => a.Who))))];
            var points = new PointRows([.. calls.Where(c => open.Contains((c.Run, c.Who))).Select(c => (c.Run, c.Batch))]);
            await tx.Send(MetricSql.Append, points.All());
            await tx.Send(MetricSql.Newest, points.NewestPerKey());
        }, CancellationToken.None);
        return open;
    }
}
