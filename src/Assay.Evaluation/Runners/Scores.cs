using System.Globalization;
using Assay.Contracts;
using Assay.Evaluation.Models;

namespace Assay.Evaluation.Runners;

/// <summary>What a suite says about the output to look at; all of it may be unsaid.</summary>
/// <param name="Tensor">The output's name.</param>
/// <param name="Class">The class whose column is meant.</param>
/// <param name="Positive">The class that counts as positive.</param>
public sealed record OutputWish(string? Tensor = null, string? Class = null, string? Positive = null);

/// <summary>One number for each row, and where it came from.</summary>
/// <param name="Source">The output it was taken of.</param>
/// <param name="Values">The scores, one for each row.</param>
/// <param name="Classes">The classes of the output's columns; empty for a single column of a model that names none.</param>
/// <param name="Class">The class that the score is of, where it is known.</param>
public sealed record ScoreColumn(Tensor Source, double[] Values, IReadOnlyList<string> Classes, string? Class);

/// <summary>
/// Which output is the score (evaluation.md §5.1): one named <c>score</c> or <c>variable</c>, else the column of the probabilities that belongs to the
/// positive class. A single column named <c>probability</c> goes before them, because beside it ML.NET's <c>Score</c> is a raw margin. Never a label:
/// a runtime's label can be constantly 1.
/// </summary>
public static class Scores
{
    static readonly string[] Single = ["probability", "score", "variable"];
    static readonly string[] Several = ["probabilities", "output_probability", "probability", "score"];

    /// <summary>The score of each row, or why there is none.</summary>
    public static Result<ScoreColumn> Choose(IReadOnlyList<Tensor> outputs, ModelFace face, OutputWish wish, int rows)
    {
        var chosen = Output(outputs, wish);
        if (!chosen.Ok)
            return chosen.Refusal!;
        var tensor = chosen.Value;
        if (tensor.Kind == TensorKind.Text)
            return ScoreRefusals.NoNumber(tensor.Name);
        if (tensor.Rows != rows || tensor.Data.Length != (long)tensor.Rows * tensor.Columns)
            return ScoreRefusals.Rows(tensor.Name, tensor.Rows, rows);
        return tensor.Columns == 1 ? OneColumn(tensor, face, wish) : OfClass(tensor, face, wish);
    }

    /// <summary>The output that a suite names, or the one that is the score by its name.</summary>
    public static Result<Tensor> Output(IReadOnlyList<Tensor> outputs, OutputWish wish)
    {
        if (wish.Tensor is { } name)
            return (outputs.FirstOrDefault(o => o.Name == name) ?? outputs.FirstOrDefault(o => Plain(o.Name) == Plain(name))) is { } found
                ? found : ScoreRefusals.NoOutput(name, outputs);
        var scores = outputs.Where(o => o.IsNumber && !Plain(o.Name).Contains("label", StringComparison.Ordinal)).ToList();
        var chosen = Single.Select(n => scores.FirstOrDefault(o => Plain(o.Name) == n && o.Columns == 1)).FirstOrDefault(o => o is not null)
            ?? Several.Select(n => scores.FirstOrDefault(o => Plain(o.Name) == n)).FirstOrDefault(o => o is not null)
            ?? (scores is [var only] ? only : null);
        return chosen is null ? ScoreRefusals.NoScore(outputs) : chosen;
    }

    /// <summary>The classes of an output's columns: its own, the model's, else their ordinals.</summary>
    public static IReadOnlyList<string> ClassesOf(Tensor tensor, ModelFace face)
    {
        var named = tensor.Classes ?? face.Classes;
        return named.Count == tensor.Columns ? named : [.. Enumerable.Range(0, tensor.Columns).Select(i => i.ToString(CultureInfo.InvariantCulture))];
    }

    static ScoreColumn OneColumn(Tensor tensor, ModelFace face, OutputWish wish) =>
        new(tensor, Column(tensor, 0), face.Classes, wish.Class ?? wish.Positive ?? (face.Classes.Count == 2 ? face.Classes[1] : null));

    static Result<ScoreColumn> OfClass(Tensor tensor, ModelFace face, OutputWish wish)
    {
        var classes = ClassesOf(tensor, face);
        // Of two classes the second is the positive one unless the suite says otherwise; of more there is none.
        var wanted = wish.Class ?? wish.Positive ?? (classes.Count == 2 ? classes[1] : null);
        var column = wanted is null ? -1 : classes.ToList().IndexOf(wanted);
        return column >= 0 ? new ScoreColumn(tensor, Column(tensor, column), classes, wanted) : ScoreRefusals.NoClass(tensor.Name, wanted, classes);
    }

    static double[] Column(Tensor tensor, int column)
    {
        var values = new double[tensor.Rows];
        for (var r = 0; r < values.Length; r++)
            values[r] = tensor.Number((r * tensor.Columns) + column);
        return values;
    }

    /// <summary>ML.NET exports <c>Score</c> as <c>Score.output</c>.</summary>
    static string Plain(string name) => name.ToLowerInvariant() is var lower && lower.EndsWith(".output", StringComparison.Ordinal) ? lower[..^7] : lower;
}
