using Assay.Contracts;

namespace Assay.Server.Promotions;

/// <summary>How far a wish to promote has come.</summary>
public enum RequestState
{
    /// <summary>The gate has not decided yet: evidence is missing or proves nothing.</summary>
    Gathering,
    /// <summary>The gate has decided; people have not.</summary>
    Decided,
    /// <summary>It took effect.</summary>
    Approved,
    /// <summary>Somebody with authority said no.</summary>
    Refused,
    /// <summary>A later request for the slot took effect.</summary>
    Superseded,
    /// <summary>Taken back.</summary>
    Withdrawn,
    /// <summary>Nobody decided in time.</summary>
    Expired,
}

/// <summary>A stored request.</summary>
sealed record PromotionRequest(string Id, string Model, string Environment, string Slot, Digest Digest, long Number, RequestState State, bool Open, string? Comment,
    string OpenedBy, bool Verified, DateTimeOffset OpenedAt, DateTimeOffset ExpiresAt, Digest Verdict, string? Promotion)
{
    /// <summary>The key of its slot's lock.</summary>
    public string SlotKey => $"{Model}/{Environment}/{Slot}";

    /// <summary>Is it open, and in time?</summary>
    public bool OpenAt(DateTimeOffset now) => Open && now < ExpiresAt;
}

/// <summary>Somebody's yes or no, bound to one verdict.</summary>
public sealed record Decision(string Id, bool Approves, string By, bool Verified, IReadOnlyList<string> Roles, string? Comment, Digest Verdict, DateTimeOffset At);

/// <summary>A step of a request's timeline.</summary>
public sealed record RequestStep(DateTimeOffset At, string What, string By, string Text);
