namespace Assay.Examples.Credit;

/// <summary>How good scores are.</summary>
/// <param name="Auc">The probability that a bad loan scores above a good one; a tie counts half (Mann-Whitney).</param>
/// <param name="Accuracy">The share decided rightly at a score of 0.5.</param>
/// <param name="LogLoss">Mean of −ln p(truth), clipped at 1e-15.</param>
public sealed record Quality(double Auc, double Accuracy, double LogLoss)
{
    /// <summary>Compares scores with what happened.</summary>
    public static Quality Of(float[] scores, IReadOnlyList<Loan> loans) => new(
        AreaUnderCurve(scores, loans),
        scores.Where((score, i) => score >= 0.5f == loans[i].Bad).Count() / (double)scores.Length,
        scores.Select((score, i) => -Math.Log(Math.Clamp(loans[i].Bad ? score : 1.0 - score, 1e-15, 1))).Average());

    /// <summary>Sum of the ranks of the bad ones, equal scores sharing their mean rank.</summary>
    static double AreaUnderCurve(float[] scores, IReadOnlyList<Loan> loans)
    {
        var order = Enumerable.Range(0, scores.Length).OrderBy(i => scores[i]).ToArray();
        var ranks = 0.0;
        for (var start = 0; start < order.Length;)
        {
            var end = start;
            while (end < order.Length && scores[order[end]] == scores[order[start]])
                end++;
            ranks += (start + end + 1) / 2.0 * order[start..end].Count(i => loans[i].Bad);
            start = end;
        }
        double bad = loans.Count(loan => loan.Bad);
        var good = loans.Count - bad;
        return (ranks - bad * (bad + 1) / 2) / (bad * good);
    }
}
