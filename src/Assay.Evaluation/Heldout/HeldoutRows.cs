using System.Globalization;
using Assay.Contracts;
using Assay.Evaluation.Inputs;
using Assay.Evaluation.Models;
using Assay.Evaluation.Runners;
using Assay.Evaluation.Suites;

namespace Assay.Evaluation.Heldout;

/// <summary>What was read of the data besides the model's inputs, and what a model answered.</summary>
internal sealed record HeldoutScores(double[] Scores, string[] Labels, double[] Truth, string[] Entities);

/// <summary>Scores every row of the data. A row is never dropped: what cannot be scored makes the whole an error with its row.</summary>
internal static class HeldoutRows
{
    const int Batch = 2048;

    public static async Task<Result<HeldoutScores>> Score(IRunner runner, ModelFolder model, DataFile data, EvaluationSuite suite, IProgress<EvaluationProgress>? progress, CancellationToken ct)
    {
        var wanted = Columns(runner.Face, model.Signature, data, suite.Data);
        if (!wanted.Ok)
            return wanted.Refusal!;
        var scores = new List<double>();
        List<string> labels = [], entities = [];
        var truth = new List<double>();
        try
        {
            await foreach (var batch in data.Batches(wanted.Value, Batch, ct))
            {
                var first = scores.Count + 1L;
                if (Read(batch, suite, first, labels, truth, entities) is { } unread)
                    return unread;
                var outputs = await runner.Score(batch, null, ct, first, fromFile: true);
                if (!outputs.Ok)
                    return outputs.Refusal!;
                var column = Scores.Choose(outputs.Value, runner.Face, Wish(suite, outputs.Value, runner.Face), batch.Rows);
                if (!column.Ok)
                    return column.Refusal!;
                scores.AddRange(column.Value.Values);
                progress?.Report(new("scoring", scores.Count, data.Rows));
            }
        }
        catch (DataException e)
        {
            return HeldoutRefusals.Unreadable(suite.Data.Uri, e.Message);
        }
        return NotFinite(scores) ?? (Result<HeldoutScores>)new HeldoutScores([.. scores], [.. labels], [.. truth], [.. entities]);
    }

    /// <summary>A model may name its classes 1 where the suite says "true", or the other way round.</summary>
    static OutputWish Wish(EvaluationSuite suite, IReadOnlyList<Tensor> outputs, ModelFace face)
    {
        if (suite.Task == EvaluationTask.Regression || suite.Output.Class is not null || suite.Output.Positive is not { } positive)
            return suite.Task == EvaluationTask.Regression ? suite.Output with { Positive = null } : suite.Output;
        var output = Scores.Output(outputs, suite.Output);
        var classes = output.Ok ? Scores.ClassesOf(output.Value, face) : [];
        return suite.Output with { Positive = classes.FirstOrDefault(c => Labels.Plain(c) == Labels.Plain(positive)) ?? positive };
    }

    static Refusal? Read(ModelInput batch, EvaluationSuite suite, long first, List<string> labels, List<double> truth, List<string> entities)
    {
        InputColumn Column(string name) => batch.Columns.First(c => c.Name == name);
        var column = Column(suite.Data.Label).Cells;
        for (var r = 0; r < column.Length; r++)
        {
            if (suite.Task == EvaluationTask.Regression)
            {
                if (Labels.Number(column[r]) is not { } number || !double.IsFinite(number))
                    return HeldoutRefusals.Label(suite.Data.Label, first + r, column[r], "a number");
                truth.Add(number);
            }
            else if (Labels.Class(column[r]) is { } label)
                labels.Add(label);
            else
                return HeldoutRefusals.Label(suite.Data.Label, first + r, column[r], "a class");
        }
        if (suite.Data.Entity is { } entity)
            entities.AddRange(Column(entity).Cells.Select((cell, r) => Labels.Class(cell) ?? string.Create(CultureInfo.InvariantCulture, $"\0row {first + r}")));
        return null;
    }

    static Result<IReadOnlyList<string>> Columns(ModelFace face, ModelSignature? signature, DataFile data, HeldoutData wish)
    {
        var inputs = face.Inputs.Select(p => p.Name).ToList();
        if (!inputs.All(data.Columns.Contains))
            inputs = [.. signature?.Inputs.Select(c => c.Name) ?? []];
        var optional = signature?.Inputs.Where(c => !c.Required).Select(c => c.Name).ToHashSet(StringComparer.Ordinal) ?? [];
        // An optional column that the data lacks is missing in each row; binding says what else is wrong, with the model's own words.
        List<string> all = [.. inputs.Where(c => data.Columns.Contains(c) || !optional.Contains(c)), wish.Label, .. wish.Entity is { } entity ? [entity] : Array.Empty<string>()];
        var missing = all.Where(c => !data.Columns.Contains(c)).Distinct().ToList();
        if (missing.Count > 0)
            return HeldoutRefusals.Columns(wish.Uri, missing, data.Columns);
        return all.Distinct().ToList();
    }

    static Refusal? NotFinite(List<double> scores)
    {
        var bad = scores.Count(s => !double.IsFinite(s));
        return bad == 0 ? null : HeldoutRefusals.NotFinite(bad, scores.Count, scores.FindIndex(s => !double.IsFinite(s)) + 1);
    }
}
