namespace Assay.Server.Policies.Rules;

/// <summary><c>{metric: auc, against: champion, change_at_least: -0.005}</c>: the lower bound of the paired difference to the champion reaches the limit.</summary>
static class ChangeAtLeast
{
    public static readonly RuleKind Kind = new("change_at_least", AgainstChampion.Read, (rule, piece, about) => AgainstChampion.Judge(rule, piece, about, least: true));
}
