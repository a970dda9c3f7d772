using Assay.Contracts;
using Assay.Evaluation.Models;
using Assay.Evaluation.Runners;
using Assay.Evaluation.Suites;

namespace Assay.Evaluation.Measures;

/// <summary>Takes the scores out of what a model answers: one of each row, or one for each class.</summary>
internal static class ScoreReader
{
    /// <summary>
    /// What rows and scores mean, by the suite and the model's first answer: a positive class makes it two classes; without one a model of more classes
    /// is measured over all of them.
    /// </summary>
    public static Result<Frame> Frame(EvaluationSuite suite, IReadOnlyList<Tensor> outputs, ModelFace face)
    {
        Frame Of(IReadOnlyList<string> classes) => new(suite.Task, classes, suite.Level, suite.Data.Weight is not null);
        if (suite.Task != EvaluationTask.Classification)
            return Of([]);
        var output = Scores.Output(outputs, suite.Output);
        if (!output.Ok)
            return output.Refusal!;
        var classes = Scores.ClassesOf(output.Value, face);
        if (suite.Output is { Positive: null, Class: null } && classes.Count > 2)
            return Of([.. classes.Select(Labels.Plain)]);
        return Of([Labels.Plain(suite.Output.Positive ?? suite.Output.Class ?? (classes.Count == 2 ? classes[1] : "1"))]);
    }

    /// <summary>The scores of a batch.</summary>
    public static Result<Answers> Read(EvaluationSuite suite, Frame frame, IReadOnlyList<Tensor> outputs, ModelFace face, int rows)
    {
        if (frame.Classes.Count > 1)
            return AllClasses(suite, frame, outputs, rows);
        var column = Scores.Choose(outputs, face, Wish(suite, outputs, face), rows);
        return column.Map(c => new Answers(c.Values, 1));
    }

    static Result<Answers> AllClasses(EvaluationSuite suite, Frame frame, IReadOnlyList<Tensor> outputs, int rows)
    {
        var output = Scores.Output(outputs, suite.Output);
        if (!output.Ok)
            return output.Refusal!;
        var tensor = output.Value;
        if (tensor.Kind == TensorKind.Text)
            return ScoreRefusals.NoNumber(tensor.Name);
        if (tensor.Rows != rows)
            return ScoreRefusals.Rows(tensor.Name, tensor.Rows, rows);
        if (tensor.Columns != frame.Classes.Count)
            return MeasureRefusals.Width(tensor.Name, tensor.Columns, frame.Classes.Count);
        var scores = new double[tensor.Data.Length];
        for (var i = 0; i < scores.Length; i++)
            scores[i] = tensor.Number(i);
        return new Answers(scores, frame.Classes.Count);
    }

    /// <summary>A model may name its classes 1 where the suite says "true", or the other way round.</summary>
    static OutputWish Wish(EvaluationSuite suite, IReadOnlyList<Tensor> outputs, ModelFace face)
    {
        if (suite.Task != EvaluationTask.Classification)
            return suite.Output with { Positive = null };
        if (suite.Output.Class is not null || suite.Output.Positive is not { } positive)
            return suite.Output;
        var output = Scores.Output(outputs, suite.Output);
        var classes = output.Ok ? Scores.ClassesOf(output.Value, face) : [];
        return suite.Output with { Positive = classes.FirstOrDefault(c => Labels.Plain(c) == Labels.Plain(positive)) ?? positive };
    }
}
