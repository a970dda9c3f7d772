using Assay.Contracts;
using Assay.Server.Policies;

namespace Assay.Server.Promotions;

/// <summary>A promotion request at our API and on pages. <see cref="WaitingFor"/> names whose approvals are missing; <see cref="Rules"/> are those that keep the gate shut.</summary>
public sealed record RequestAnswer(string Id, string Model, long Version, Digest Digest, string Environment, string Slot, RequestState State, bool Open,
    Outcome Verdict, Digest VerdictDigest, DateTimeOffset NotAfter, string Policy, string OpenedBy, bool OpenedVerified, DateTimeOffset OpenedAt, DateTimeOffset ExpiresAt, string? Comment,
    IReadOnlyList<ApprovalAnswer> Approvals, IReadOnlyList<MissingApproval> WaitingFor, IReadOnlyList<RequestStep> Timeline, IReadOnlyList<RuleResult> Rules, PromotionView? Promotion);

/// <summary>One approval. It counts while it is bound to the request's verdict and that has not expired; else <see cref="Void"/> says why not.</summary>
public sealed record ApprovalAnswer(string By, bool Verified, DateTimeOffset At, string? Comment, Digest VerdictDigest, bool Counts, string? Void);
