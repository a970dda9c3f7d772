using System.Text.Json;
using Assay.Server.Identity;
using Assay.Server.Storage;

namespace Assay.Server.Access.Exchange;

/// <summary>Where a workload's writes come from, as its issuer signed it when the first credential of the job was minted.</summary>
/// <param name="Origin">What its writes are recorded under (<see cref="Principal.Origin"/>), such as <c>workload:fraud-training run_id=42</c>.</param>
/// <param name="Rule">The workload rule that let it in.</param>
/// <param name="Facts">Provider-neutral names, such as <c>source_repository_uri</c>, sorted.</param>
/// <param name="Since">The first exchange of the job.</param>
public sealed record ProvenOrigin(string Origin, string Rule, string Issuer, IReadOnlyDictionary<string, string> Facts, DateTimeOffset Since)
{
    /// <summary>The commit that the job ran for; null where the issuer says none (Kubernetes).</summary>
    public string? Commit => Facts.GetValueOrDefault("source_repository_digest");
}

/// <summary>The verified claims behind an origin.</summary>
public static class OriginClaims
{
    static readonly Query<ProvenOrigin> ByOrigin = new("SELECT origin, rule, issuer, claims, first_ms FROM access_origin WHERE origin = @origin",
        r => new(r.Text(0), r.Text(1), r.Text(2), JsonSerializer.Deserialize<SortedDictionary<string, string>>(r.Text(3))!, r.Time(4)));

    // The first exchange of a job counts: a later one must not change what a version was admitted on.
    const string Put = "INSERT INTO access_origin (origin, rule, issuer, claims, first_ms) VALUES (@origin, @rule, @issuer, @claims, @at) ON CONFLICT (origin) DO NOTHING";

    /// <summary>What is proven about an origin; null when no identity token stands behind it (a person, local mode).</summary>
    public static Task<ProvenOrigin?> Of(Tx tx, string origin) => tx.First(ByOrigin, ("origin", origin));

    /// <summary>What is proven about a run by its writers, each an origin; null when there are several, or none that a token stands behind.</summary>
    public static async Task<ProvenOrigin?> OfRun(Tx tx, IReadOnlyList<string> writers) => writers is [var one] ? await Of(tx, one) : null;

    /// <summary>Keeps what a token proved, in the caller's unit.</summary>
    internal static Task Keep(Tx tx, ProvenOrigin origin) => tx.Execute(Put, ("origin", origin.Origin), ("rule", origin.Rule), ("issuer", origin.Issuer),
        ("claims", JsonSerializer.Serialize(origin.Facts)), ("at", origin.Since));
}
