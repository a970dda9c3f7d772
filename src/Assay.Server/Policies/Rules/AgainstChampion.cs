using Assay.Contracts.Documents;

namespace Assay.Server.Policies.Rules;

/// <summary>What the two rules about a change share. A change is challenger minus champion, measured on the same rows.</summary>
static class AgainstChampion
{
    public static Rule Read(YamlMap map, Rule rule, string evidence)
    {
        map.OneOf("against", "champion");
        return MetricRule.Read(map, rule, evidence) is var read ? read with { Name = $"{read.Name} against champion" } : read;
    }

    public static RuleFinding Judge(Rule rule, Piece piece, GateCase about, bool least)
    {
        // The first of its line has nothing to be compared with; asking for a comparison then would keep every slot empty for ever.
        if (about.Champion is not { } champion)
            return new(Outcome.Passed, rule.Name, $"nothing holds {about.Environment}'s primary slot yet: there is nothing to compare with");
        if (champion == about.Subject)
            return new(Outcome.Passed, rule.Name, "this version is the champion");
        var mend = $"{about.Evaluate} --against champion";
        if (piece.Evaluation.Baseline != champion)
            return new(Outcome.Inconclusive, rule.Name, piece.Evaluation.Baseline is { } other ? $"compared with {other.Short}…, but the champion is {champion.Short}…" : $"not compared with the champion {champion.Short}…") { Mend = mend };
        return MetricRule.Judge(rule, piece, about, (metric, title) =>
            metric.Value is not { } value || !double.IsFinite(value) ? Bounds.Judge(title, metric.Value, null, rule.Limit!.Value, least, metric.Status, metric.Error)
            // A difference to what is no number is none, whatever the evidence says it is.
            : metric.Baseline is { } baseline && !double.IsFinite(baseline) ? new(Outcome.Inconclusive, rule.Name, $"the champion's {title} is not a number") { Mend = mend, Value = value }
            : metric.Delta is null ? new(Outcome.Inconclusive, rule.Name, $"{title} has no paired difference to the champion") { Mend = mend, Value = value }
            : Bounds.Judge($"the change of {title}", metric.Delta, metric.DeltaInterval, rule.Limit!.Value, least, metric.Status, metric.Error) with { Mend = mend });
    }
}
