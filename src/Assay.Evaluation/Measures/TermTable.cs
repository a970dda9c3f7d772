using Assay.Statistics;

namespace Assay.Evaluation.Measures;

/// <summary>The sums that the metrics of an evaluation need, each in a place of its own, and how a row adds to them.</summary>
internal sealed class TermTable(Frame frame, IEnumerable<Term> terms)
{
    readonly Term[] terms = [.. terms.Prepend(Term.Rows).Distinct()];
    double? near;

    /// <summary>How many sums there are.</summary>
    public int Count => terms.Length;

    /// <summary>The place of a sum.</summary>
    public int this[Term term] => Array.IndexOf(terms, term) is >= 0 and var place ? place : throw new ArgumentException($"{term} was not asked for.", nameof(term));

    /// <summary>What each row adds, row after row, so many sums each, into <paramref name="into"/>.</summary>
    public void Fill(ScoredBatch batch, Answers answers, double[] into, int offset, int stride)
    {
        if (batch.Target.Length > 0)
            near ??= batch.Target[0];
        for (var t = 0; t < terms.Length; t++)
        {
            var term = terms[t];
            for (var r = 0; r < batch.Rows; r++)
                into[(r * stride) + offset + t] = batch.Weight[r] * Of(term, batch, answers, r);
        }
    }

    double Of(Term term, ScoredBatch batch, Answers answers, int row) => term.Kind switch
    {
        TermKind.Rows => 1,
        TermKind.Actual => batch.Truth[row] == term.Class ? 1 : 0,
        TermKind.Predicted => Predicted(answers, row, term) ? 1 : 0,
        TermKind.Hit => batch.Truth[row] == term.Class && Predicted(answers, row, term) ? 1 : 0,
        TermKind.Correct => Correct(batch, answers, row, term) ? 1 : 0,
        TermKind.LogLoss => frame.Binary ? Losses.Log(answers[row], batch.Truth[row] == 1) : Losses.Log(answers.Row(row)[batch.Truth[row]], true),
        TermKind.Brier => Brier(batch, answers, row),
        TermKind.AbsoluteError => Losses.Absolute(answers[row], batch.Target[row]),
        TermKind.SquaredError => Losses.Squared(answers[row], batch.Target[row]),
        TermKind.PercentError => Losses.Absolute(answers[row], batch.Target[row]) / Math.Abs(batch.Target[row]),
        TermKind.Pinball => Pinball(batch.Target[row] - answers[row], term.At),
        TermKind.Score => answers[row],
        TermKind.Truth => batch.Target[row] - near!.Value,
        TermKind.TruthSquared => (batch.Target[row] - near!.Value) * (batch.Target[row] - near.Value),
        _ => throw new InvalidOperationException($"no row adds {term.Kind}"),
    };

    bool Predicted(Answers answers, int row, Term term) => frame.Binary ? answers[row] >= term.At : answers.Best(row) == term.Class;

    bool Correct(ScoredBatch batch, Answers answers, int row, Term term) =>
        frame.Binary ? answers[row] >= term.At == (batch.Truth[row] == 1) : answers.Best(row) == batch.Truth[row];

    double Brier(ScoredBatch batch, Answers answers, int row)
    {
        if (frame.Binary)
            return Losses.Brier(answers[row], batch.Truth[row] == 1);
        var sum = 0.0;
        var scores = answers.Row(row);
        for (var k = 0; k < scores.Length; k++)
            sum += Losses.Brier(scores[k], batch.Truth[row] == k);
        return sum;
    }

    /// <summary>q·e where the prediction is too low by e, (1−q)·|e| where it is too high (Koenker and Bassett 1978).</summary>
    static double Pinball(double error, double quantile) => error >= 0 ? quantile * error : (quantile - 1) * error;
}
