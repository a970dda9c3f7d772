using System.Text.Json;
using Assay.Server.Storage;

namespace Assay.Server.Access;

/// <summary>What a CI job's token proved about it, under provider-neutral names (those of Fulcio's certificate extensions).</summary>
/// <param name="Rule">The workload rule that it fitted.</param>
/// <param name="Issuer">Who vouched for it.</param>
/// <param name="Claims">Such as <c>source_repository_digest</c>, the commit.</param>
public sealed record OriginFacts(string Rule, string Issuer, IReadOnlyDictionary<string, string> Claims)
{
    /// <summary>The commit that the job runs for.</summary>
    public string? Commit => Claims.GetValueOrDefault("source_repository_digest");
}

/// <summary>The verified claims behind the writes to runs, by the origin that a write is recorded under.</summary>
public static class OriginClaims
{
    static readonly Query<OriginFacts> ByOrigin = new("SELECT rule, issuer, claims FROM access_origin WHERE origin = @origin",
        r => new(r.Text(0), r.Text(1), JsonSerializer.Deserialize<Dictionary<string, string>>(r.Text(2))!));

    /// <summary>What was proven of an origin (<see cref="Identity.Principal.Origin"/>); null when it is no job's.</summary>
    public static Task<OriginFacts?> Of(Tx tx, string origin) => tx.First(ByOrigin, ("origin", origin));
}
