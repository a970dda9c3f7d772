using Assay.Contracts;

namespace Assay.Cli.Access;

/// <summary>A credential that the registry gave for an identity token.</summary>
/// <param name="Secret">Goes into <c>Authorization: Bearer</c>; never into a message.</param>
internal sealed record ExchangedToken(string Secret, string Scope, DateTimeOffset ExpiresAt)
{
    /// <summary>Until when it can be made longer by itself; null: only by another identity token.</summary>
    public DateTimeOffset? RenewableUntil { get; init; }

    /// <summary>Can it be renewed now, and would that make it last longer?</summary>
    public bool Renewable(DateTimeOffset now) => ExpiresAt > now && RenewableUntil > ExpiresAt;

    /// <summary>Not the secret.</summary>
    public override string ToString() => $"{Scope} until {ExpiresAt:HH:mm:ss}Z";
}

/// <summary>The registry did not give a credential.</summary>
/// <param name="refusal">Why not.</param>
/// <param name="passing">May the same be tried again in a while?</param>
internal sealed class ExchangeException(Refusal refusal, bool passing = false) : Exception(refusal.Message)
{
    public Refusal Refusal => refusal;

    public bool Passing => passing;
}
