using Assay.Contracts;
using Assay.Server.Deployments;
using Assay.Server.Drift;
using CsCheck;

namespace Assay.Tests.Unit.Drift;

/// <summary>Slots with few digests and few observers, so that agreement and disagreement are both common.</summary>
static class Slots
{
    public static readonly DateTimeOffset Now = new(2026, 11, 2, 2, 0, 0, TimeSpan.Zero);

    public static readonly Digest A = Digest.Of("a"), B = Digest.Of("b"), C = Digest.Of("c");

    static readonly Gen<Digest> AnyDigest = One(A, B, C);
    static readonly Gen<DateTimeOffset> Before = Gen.Int[0, 7200].Select(s => Now.AddSeconds(-s));
    static readonly Gen<string> Source = One("agent/1", "agent/2");

    static readonly Gen<Sighting> Seen = Gen.Select(AnyDigest, Gen.Int[1, 5], One(0.0, 0.05, 1.0), Before, Before, Source, Gen.Bool)
        .Select((digest, level, share, since, heard, source, stale) => new Sighting(digest, level, share, 1, 1, since, heard, source, stale, null, null));

    static readonly Gen<Observer> Watching = Gen.Select(Source, Before, Gen.Bool, Gen.Bool)
        .Select((name, heard, stale, never) => new Observer(name, never && stale ? null : heard, stale, true, 1, heard));

    public static readonly Gen<SlotView> Any = Gen.Select(
        AnyDigest.Array[0, 1], AnyDigest.Array[0, 1], Seen.Array[0, 3], Watching.Array[0, 2], Before, Before, Gen.Bool).Select((approved, reported, seen, watching, approvedAt, reportedAt, rollback) =>
            new SlotView(new(new("production", "fraud", "primary"), EnvironmentView.Undeclared("production"),
                reported is [var claim] ? Claim(claim, reportedAt) : null, seen, [.. watching.DistinctBy(w => w.Name)]),
                approved is [var target] ? new(target, "P1", approvedAt, rollback, C) : null));

    static Gen<T> One<T>(params T[] of) => Gen.Int[0, of.Length - 1].Select(i => of[i]);

    public static Report Claim(Digest digest, DateTimeOffset at, double share = 1) =>
        new("R1", "production", "fraud", "primary", digest, share, ReportStatus.Deployed, at, at, "local", false, null, null, null, null, null);

    public static Sighting Sighting(Digest digest, bool stale = false, double share = 1, int level = 5, string source = "agent/1") =>
        new(digest, level, share, 1, 1, Now.AddMinutes(-10), Now.AddSeconds(stale ? -600 : -5), source, stale, null, null);

    public static Observer Watcher(bool stale = false, string name = "agent/1") => new(name, Now.AddSeconds(stale ? -600 : -5), stale, true, 1, Now.AddDays(-1));

    public static Approved Approval(Digest digest, TimeSpan? ago = null, Digest? replaces = null, bool rollback = false) =>
        new(digest, "P1", Now - (ago ?? TimeSpan.FromHours(2)), rollback, replaces);

    public static SlotView View(Approved? approved = null, Report? reported = null, Sighting[]? seen = null, Observer[]? watchers = null, EnvironmentView? environment = null) =>
        new(new(new("production", "fraud", "primary"), environment ?? EnvironmentView.Undeclared("production"), reported, seen ?? [], watchers ?? []), approved);
}
