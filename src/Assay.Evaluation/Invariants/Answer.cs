using Assay.Contracts;
using Assay.Evaluation.Models;
using Assay.Evaluation.Runners;
using Assay.Evaluation.Suites;

namespace Assay.Evaluation.Invariants;

/// <summary>What a model answered to one question.</summary>
/// <param name="Question">The question.</param>
/// <param name="Outputs">Its outputs, or why there are none.</param>
/// <param name="Face">What the model says about itself.</param>
/// <param name="Case">The case, which says what to look at.</param>
public sealed record Answer(Question Question, Result<IReadOnlyList<Tensor>> Outputs, ModelFace Face, InvariantCase Case)
{
    /// <summary>The time on the clock from the question to the answer, with the way to the model's process and back.</summary>
    public TimeSpan Took { get; init; }

    /// <summary>The answer to one of its rows, as if nothing else had been asked; an output that does not count rows stays whole.</summary>
    public Answer Row(int row) => this with
    {
        Question = Question with { Input = Question.Input.Map(input => input.Slice(row, 1)) },
        Outputs = Outputs.Map(outputs => (IReadOnlyList<Tensor>)[.. outputs.Select(o => o.Rows == Question.Input.Value.Rows ? o.Slice(row) : o)]),
        Case = Case with { Row = null },
    };

    /// <summary>The score of each row.</summary>
    public Result<ScoreColumn> Score()
    {
        if (!Outputs.Ok)
            return Outputs.Refusal!;
        // Suites are written in decimals, so a float is judged, and shown, as the decimal that stands for it.
        var score = Scores.Choose(Outputs.Value, Face, Case.Wish, Question.Input.Value.Rows).Map(s => s with { Values = [.. s.Values.Select(s.Source.Plain)] });
        if (!score.Ok || Case.Row is not { } row)
            return score;
        return row < score.Value.Values.Length ? score.Value with { Values = [score.Value.Values[row]] } : ExpectationRefusals.NoRow(row, score.Value.Values.Length);
    }

    /// <summary>The output that is looked at, whole.</summary>
    public Result<Tensor> Tensor() => Outputs.Ok ? Scores.Output(Outputs.Value, Case.Wish) : Outputs.Refusal!;

    /// <summary>The numbers that are looked at: every element of an output that the suite names without a class, else the scores.</summary>
    public Result<Numbers> Numbers()
    {
        if (Case.Wish is { Tensor: not null, Class: null } && Case.Row is null && Tensor() is var tensor && (!tensor.Ok || tensor.Value.Columns > 1))
            return tensor.Ok && tensor.Value.Kind == TensorKind.Text ? ScoreRefusals.NoNumber(tensor.Value.Name)
                : tensor.Map(t => new Numbers([.. Enumerable.Range(0, t.Data.Length).Select(i => t.Plain(t.Number(i)))], t.Columns));
        return Score().Map(score => new Numbers(score.Values, 1));
    }
}

/// <summary>Numbers of an answer: row-major, so many columns in each row.</summary>
/// <param name="Values">The numbers.</param>
/// <param name="Columns">How many belong to one row.</param>
public sealed record Numbers(double[] Values, int Columns);

/// <summary>All answers of a case, asked once.</summary>
/// <param name="Answers">One for each question.</param>
/// <param name="Base">The answer to the unchanged base, where the case has one.</param>
/// <param name="Varied">The values that were set, one for each answer, where the case varies a column.</param>
public sealed record Round(IReadOnlyList<Answer> Answers, Answer? Base, IReadOnlyList<Inputs.Cell> Varied)
{
    /// <summary>The answers again, asked in batches of other sizes; only in the first round, and only where an expectation wants them.</summary>
    public IReadOnlyList<Batched> Batched { get; init; } = [];

    /// <summary>What the other version answers to the same questions, or why it gives none; null when there is none to compare with.</summary>
    public Result<IReadOnlyList<Answer>>? Champion { get; init; }
}

/// <summary>One question, asked in batches of <paramref name="Size"/> rows; the answers of the batches in order. Its rows repeat when it has fewer.</summary>
public sealed record Batched(int Size, Answer Whole, IReadOnlyList<Answer> Parts);
