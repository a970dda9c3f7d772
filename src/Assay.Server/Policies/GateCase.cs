using Assay.Contracts;
using Assay.Contracts.Evidence;
using Assay.Server.Evidence;

namespace Assay.Server.Policies;

/// <summary>
/// All that a gate looks at beside the policy. <paramref name="Champion"/> holds the environment's primary slot, if anything does;
/// <paramref name="Trainers"/> are the principals who wrote the run.
/// </summary>
public sealed record GateCase(string Model, Digest Subject, string Environment, string Slot, IReadOnlyList<EvidenceView> Evidence,
    Digest? Champion, DateTimeOffset Now, IReadOnlyList<string> Trainers)
{
    /// <summary>The command that measures this version.</summary>
    public string Evaluate => $"assay evaluate {Model}@{Subject} --suite FILE";
}

/// <summary>The piece of evidence that a requirement's rules are judged on.</summary>
sealed record Piece(EvidenceView View, Evaluation Evaluation);

/// <summary>What one rule says about one piece of evidence.</summary>
sealed record RuleFinding(Outcome Outcome, string Wanted, string Reason)
{
    public string? Seen { get; init; }
    public double? Value { get; init; }
    public double? Low { get; init; }
    public double? High { get; init; }
    public double? Baseline { get; init; }
    public long? N { get; init; }
    public string? Mend { get; init; }
}

/// <summary>One rule of a verdict (interfaces §5). <see cref="Evidence"/> is the kind, <see cref="EvidenceDigest"/> the piece it was judged on.</summary>
public sealed record RuleResult(string Rule, string Evidence, Digest? EvidenceDigest, Outcome Verdict, Severity Severity, string Wanted, string? Seen,
    double? Threshold, double? Value, double? Low, double? High, double? Baseline, long? N, string Reason, string? Mend)
{
    /// <summary>Failed by what was measured itself, rather than because the evidence is withdrawn, foreign or about something else.</summary>
    public bool Disproven { get; init; }
}

/// <summary>What a gate says: the whole, each rule, and the evidence that was looked at (digests in order).</summary>
public sealed record Judgement(Outcome Verdict, IReadOnlyList<RuleResult> Rules, IReadOnlyList<Digest> Evidence);
