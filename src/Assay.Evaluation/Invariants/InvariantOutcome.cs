using Assay.Evaluation.Suites;

namespace Assay.Evaluation.Invariants;

/// <summary>Judged probes as an outcome: evidence, table, exit code.</summary>
internal static class InvariantOutcome
{
    public static EvaluationOutcome Of(InvariantSuite suite, IReadOnlyList<Probe> probes)
    {
        var rows = probes.Select(p => Row(suite, p)).ToList();
        rows.AddRange(suite.Cases.Where(c => c.Skip is not null).Select(c => new OutcomeRow(suite.Head.Name, c.Name, OutcomeState.Skipped, Text: c.Skip)));
        var messages = new List<string>();
        // A suite that checks nothing would pass everything.
        if (probes.Count == 0)
            messages.Add($"{suite.Head.Name}: every case is skipped, so nothing was checked; that counts as failed.");
        if (!suite.Reviewed)
            messages.Add($"{suite.Head.Name} was not reviewed by a person yet (metadata.reviewed: false); the evidence says so.");
        var failed = probes.Count == 0 || probes.Any(p => !p.Finding.Ok && p.Finding.Error is null);
        if (failed && suite.Warns)
            messages.Add($"{suite.Head.Name} failed and has the severity warn: it is reported and does not fail the run.");
        return new([new("invariants", suite.Head.Name, InvariantPredicate.Of(suite, probes))], rows, messages, failed && !suite.Warns, probes.Any(p => p.Finding.Error is not null));
    }

    static OutcomeRow Row(InvariantSuite suite, Probe probe)
    {
        var (ok, actual, reason, error) = probe.Finding;
        double? value = actual is System.Text.Json.Nodes.JsonValue number && number.GetValueKind() == System.Text.Json.JsonValueKind.Number && number.TryGetValue<double>(out var real) ? real : null;
        return new(suite.Head.Name, probe.Id, error is not null ? OutcomeState.Error : ok ? OutcomeState.Passed : OutcomeState.Failed, value,
            Text: error ?? (reason is null ? actual?.ToJsonString() : probe.Case.Why is { } why ? $"{reason} ({why})" : reason));
    }
}
