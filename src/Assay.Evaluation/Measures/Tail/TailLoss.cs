using Assay.Evaluation.Suites;
using Assay.Statistics;

namespace Assay.Evaluation.Measures.Tail;

/// <summary>What a row costs, by a number that grows as the cost falls: the probability of what happened, or how near a prediction came.</summary>
internal sealed class TailLoss(Frame frame, string name)
{
    /// <summary>The loss that is meant when the suite says none.</summary>
    public static string Usual(EvaluationTask task) => task == EvaluationTask.Classification ? "log_loss" : "squared_error";

    /// <summary>Its name.</summary>
    public string Name => name;

    /// <summary>The number by which rows are sorted, the worst first.</summary>
    public double Key(ScoredBatch batch, Answers answers, int row) => frame.Task != EvaluationTask.Classification ? -Losses.Absolute(answers[row], batch.Target[row])
        : !frame.Binary ? answers.Row(row)[batch.Truth[row]]
        : batch.Truth[row] == 1 ? answers[row] : 1 - answers[row];

    /// <summary>The loss of a row with that number.</summary>
    public double Of(double key) => name switch
    {
        "log_loss" => Losses.Log(key, true),
        "brier" => (1 - key) * (1 - key),
        "absolute_error" => -key,
        _ => key * key,
    };

    /// <summary>The distance of the prediction from the truth: of the probability from 1 where it is a class.</summary>
    public double AbsoluteError(double key) => frame.Task == EvaluationTask.Classification ? 1 - key : -key;
}
