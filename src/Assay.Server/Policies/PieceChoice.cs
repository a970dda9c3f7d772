using Assay.Contracts.Documents;
using Assay.Server.Evidence;

namespace Assay.Server.Policies;

/// <summary>
/// Which piece of evidence a requirement is judged on: the newest of its kind on the right data, from the right principals. Or why there is none
/// that could be judged.
/// </summary>
static class PieceChoice
{
    public static (Piece? Piece, RuleFinding? Hindrance) Of(Requirement wanted, GateCase about)
    {
        var all = about.Evidence.Where(e => e.Kind == wanted.Evidence).OrderByDescending(e => e.MeasuredAt).ThenBy(e => e.Digest).ToList();
        if (all.Count == 0)
            return (null, Open(wanted, $"nothing of kind {wanted.Evidence} was measured", null));
        // What cannot be believed cannot tell which data it is about: it stands for itself.
        if (all.FirstOrDefault(e => e.State is EvidenceState.ForeignKey or EvidenceState.Unreadable or EvidenceState.OtherDigest || e.Subject != about.Subject || Misfit(wanted, e) is null) is not { } newest)
            return (null, Open(wanted, $"{Misfit(wanted, all[0])}{(all.Count > 1 ? $" (and {all.Count - 1} more that do not fit)" : "")}", null));
        if (Unbelievable(newest, about, wanted) is { } not)
            return (new(newest, newest.Evaluation ?? Nothing), not);
        var piece = new Piece(newest, newest.Evaluation!);
        return (piece, Hindrance(wanted, piece, about));
    }

    static readonly Contracts.Evidence.Evaluation Nothing = new("", null, null, null, null, [], [], []);

    static RuleFinding? Unbelievable(EvidenceView e, GateCase about, Requirement wanted) =>
        e.Subject != about.Subject || e.State is EvidenceState.OtherDigest ? Refused(wanted, $"evidence {e.Digest.Short} is about other content")
        : e.State is EvidenceState.ForeignKey ? Refused(wanted, $"evidence {e.Digest.Short} is not signed by a key of '{e.By}' nor of this registry")
        : e.State is EvidenceState.Withdrawn ? Refused(wanted, $"evidence {e.Digest.Short} was withdrawn{(e.Withdrawn is { } why ? $": {why.Reason}" : "")}")
        : e.State is not EvidenceState.Sound || e.Evaluation is null ? new(Outcome.Error, Words(wanted), $"evidence {e.Digest.Short} cannot be read")
        : null;

    static RuleFinding? Hindrance(Requirement wanted, Piece piece, GateCase about)
    {
        if (wanted.MaxAge is { } age && about.Now - piece.View.MeasuredAt > age)
            return Open(wanted, $"measured at {piece.View.MeasuredAt.UtcDateTime:yyyy-MM-dd HH:mm}Z, which is longer ago than {Durations.Text(age)}", null);
        if (wanted.From.Count > 0 && piece.View.By != "local" && about.Trainers.Contains(piece.View.By))
            return Open(wanted, $"'{piece.View.By}' trained the version; who trains must not be the only one who measures", $"let another principal run: {about.Evaluate}");
        var rows = piece.Evaluation.Dataset?.Rows ?? (piece.Evaluation.Probes.Count > 0 ? piece.Evaluation.Probes.Count : piece.Evaluation.Metrics.Max(m => m.N));
        if (wanted.MinRows is { } least && !(rows >= least))
            return Open(wanted, rows is null ? "it does not say on how many rows it was measured" : $"measured on {rows} rows", $"measure on at least {least} rows: {about.Evaluate}") with { N = rows };
        return null;
    }

    /// <summary>Why a piece is not what is asked for; null when it is.</summary>
    static string? Misfit(Requirement wanted, EvidenceView e)
    {
        var data = e.Evaluation?.Dataset;
        return wanted.Role is { } role && data?.Role != role ? $"measured on data of role {data?.Role ?? "unknown"}, wanted {role}"
            : wanted.Data is { } digest && data?.Digest != digest ? $"measured on data {data?.Digest?.Short ?? "unknown"}…, wanted {digest.Short}…"
            : wanted.Suite is { } suite && e.Evaluation?.Suite?.Name != suite && e.Evaluation?.Suite?.Digest?.ToString() != suite ? $"measured with suite {e.Evaluation?.Suite?.Name ?? "unknown"}, wanted {suite}"
            : wanted.From.Count > 0 && !wanted.From.Any(f => Is(f, e)) ? $"measured by '{e.By}', wanted {string.Join(" or ", wanted.From)}"
            : null;
    }

    /// <summary>Local mode's one principal stands for every role, unverified.</summary>
    static bool Is(string from, EvidenceView e) =>
        e.By == "local" || from == e.By || (from.StartsWith("role:", StringComparison.Ordinal) && e.Roles.Contains(from["role:".Length..]));

    static RuleFinding Open(Requirement wanted, string reason, string? mend) => new(Outcome.Inconclusive, Words(wanted), reason) { Mend = mend };

    static RuleFinding Refused(Requirement wanted, string reason) => new(Outcome.Failed, Words(wanted), reason);

    static string Words(Requirement wanted)
    {
        string?[] parts =
        [
            wanted.Role is null ? null : $"role {wanted.Role}", wanted.Data is { } data ? $"data {data.Short}…" : null, wanted.Suite is null ? null : $"suite {wanted.Suite}",
            wanted.MinRows is { } rows ? $"at least {rows} rows" : null, wanted.MaxAge is { } age ? $"not older than {Durations.Text(age)}" : null,
            wanted.From.Count > 0 ? $"from {string.Join(" or ", wanted.From)}" : null,
        ];
        var said = string.Join(", ", parts.Where(p => p is not null));
        return said.Length == 0 ? wanted.Evidence : $"{wanted.Evidence}: {said}";
    }
}
