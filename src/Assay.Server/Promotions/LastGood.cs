using Assay.Contracts;

namespace Assay.Server.Promotions;

/// <summary>
/// What a rollback may go to: digests that were approved for the slot before, the newest first. One that was itself left by a rollback is no
/// good any more, until somebody promotes it or names it again; else two rollbacks in a row would go in a circle. Pure.
/// </summary>
static class LastGood
{
    /// <summary>Candidates out of a slot's promotions (newest first), each with the newest promotion of its digest.</summary>
    public static IReadOnlyList<PromotionView> Candidates(IReadOnlyList<PromotionView> history)
    {
        if (history.Count == 0)
            return [];
        HashSet<Digest> left = [];
        for (var i = history.Count - 1; i >= 0; i--)
        {
            if (history[i].Kind is PromotionKind.Rollback && i + 1 < history.Count)
                left.Add(history[i + 1].Digest);
            left.Remove(history[i].Digest);
        }
        return [.. history.Skip(1).Where(p => p.Digest != history[0].Digest && !left.Contains(p.Digest)).DistinctBy(p => p.Digest)];
    }
}
