namespace Assay.Server.Policies.Rules;

/// <summary><c>{metric: log_loss, against: champion, change_at_most: 0.01}</c>: the upper bound of the paired difference to the champion keeps to the limit.</summary>
static class ChangeAtMost
{
    public static readonly RuleKind Kind = new("change_at_most", AgainstChampion.Read, (rule, piece, about) => AgainstChampion.Judge(rule, piece, about, least: false));
}
