using Assay.Server.Storage;

namespace Assay.Server.Access.Tokens;

/// <summary>A credential that we gave out, without its secret. <see cref="Name"/> is the rule of a minted one, what its owner called it for a personal one.</summary>
public sealed record Token(string Id, TokenKind Kind, string Principal, string Name, string Scope, string? RuleDigest, string? Job, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, DateTimeOffset? RevokedAt, DateTimeOffset? UsedAt)
{
    /// <summary>The id of the first of its chain; null when it can never be renewed.</summary>
    public string? Chain { get; init; }

    /// <summary>Until when the chain may be renewed: the end of the identity token that it began with, or sooner.</summary>
    public DateTimeOffset? RenewableUntil { get; init; }

    /// <summary>The hash of the one that it was renewed into.</summary>
    public byte[]? Successor { get; init; }
}

/// <summary>How a credential came to be.</summary>
public enum TokenKind
{
    /// <summary>A person's own.</summary>
    Personal,
    /// <summary>Exchanged for a workload's or an agent's identity token.</summary>
    Minted,
}

static class TokenSql
{
    const string Columns = "t.id, t.kind, t.principal, t.name, t.scope, t.rule_digest, t.job, t.created_ms, t.expires_ms, t.revoked_ms, t.used_ms, t.chain, t.renewable_ms, t.successor";

    public const string Insert = """
        INSERT INTO access_token (hash, id, kind, principal, name, scope, rule_digest, job, created_ms, expires_ms, chain, renewable_ms)
        VALUES (@hash, @id, @kind, @principal, @name, @scope, @digest, @job, @created, @expires, @chain, @renewable)
        """;

    /// <summary>A credential by its hash, and the revision of the access policy in force: one look for both.</summary>
    public static readonly Query<(Token Token, long Revision)> ByHash = new(
        $"SELECT {Columns}, (SELECT COALESCE(MAX(revision), 0) FROM access_policy) FROM access_token t WHERE t.hash = @hash", r => (Read(r), r.Int(14)));

    public static readonly Query<Token> OfHash = new($"SELECT {Columns} FROM access_token t WHERE t.hash = @hash", Read);

    public static readonly Query<Token> ById = new($"SELECT {Columns} FROM access_token t WHERE t.id = @id", Read);

    public static readonly Query<Token> OfPrincipal = new($"SELECT {Columns} FROM access_token t WHERE t.principal = @principal AND t.kind = @kind ORDER BY t.created_ms DESC, t.id LIMIT 1000", Read);

    public const string Revoke = "UPDATE access_token SET revoked_ms = @at WHERE id = @id AND revoked_ms IS NULL";

    public const string RevokeChain = "UPDATE access_token SET revoked_ms = @at WHERE chain = @chain AND revoked_ms IS NULL";

    /// <summary>Those of rules that no longer stand: a rule that comes back as it was brings no credential back.</summary>
    public const string RevokeOthers = "UPDATE access_token SET revoked_ms = @at WHERE kind = @kind AND revoked_ms IS NULL AND NOT rule_digest {among}";

    public const string Renewed = "UPDATE access_token SET successor = @successor WHERE id = @id AND successor IS NULL";

    public const string Used = "UPDATE access_token SET used_ms = @at WHERE id = @id AND (used_ms IS NULL OR used_ms < @before)";

    public static readonly Query<long> CountOf = new("SELECT COUNT(*) FROM access_token WHERE principal = @principal AND kind = @kind AND revoked_ms IS NULL AND expires_ms > @now", r => r.Int(0));

    public const string Forget = "DELETE FROM access_token WHERE expires_ms < @before";

    static Token Read(Row r) => new(r.Text(0), Enum.Parse<TokenKind>(r.Text(1)), r.Text(2), r.Text(3), r.Text(4), r.TextOrNull(5), r.TextOrNull(6), r.Time(7), r.Time(8), r.TimeOrNull(9), r.TimeOrNull(10))
    {
        Chain = r.TextOrNull(11),
        RenewableUntil = r.TimeOrNull(12),
        Successor = r.BytesOrNull(13),
    };
}
