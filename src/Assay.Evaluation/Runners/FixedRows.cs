using Assay.Contracts;
using Assay.Evaluation.Models;

namespace Assay.Evaluation.Runners;

/// <summary>A model exported for a fixed number of rows is asked so many at a time; the last ones are filled up by repeating a row, and the answers to those are dropped.</summary>
public static class FixedRows
{
    /// <summary>Asks for all rows, whatever number of them the model insists on (null: any).</summary>
    public static async Task<Result<IReadOnlyList<Tensor>>> Ask(IReadOnlyList<Tensor> inputs, int? step, Func<IReadOnlyList<Tensor>, Task<Result<IReadOnlyList<Tensor>>>> ask)
    {
        var rows = inputs.Count == 0 ? 0 : inputs[0].Rows;
        // Tensors whose rows differ are no batch of rows: the model itself says what it thinks of them.
        if (step is not { } size || rows == size || inputs.Any(t => t.Rows != rows))
            return await ask(inputs);
        var answers = new List<IReadOnlyList<Tensor>>();
        for (var at = 0; at < rows; at += size)
        {
            var count = Math.Min(size, rows - at);
            var answer = await ask([.. inputs.Select(t => Cut(t, at, count, size))]);
            if (!answer.Ok)
                return answer;
            answers.Add(count == size ? answer.Value : [.. answer.Value.Select(t => t.Shape.Length > 0 && t.Rows == size ? Cut(t, 0, count, count) : t)]);
        }
        return Join(answers);
    }

    static Tensor Cut(Tensor tensor, int from, int count, int size)
    {
        var width = tensor.Columns;
        var data = tensor.Kind.Allocate(size * width);
        Array.Copy(tensor.Data, from * width, data, 0, count * width);
        for (var row = count; row < size; row++)
            Array.Copy(tensor.Data, (from + count - 1) * width, data, row * width, width);
        return tensor with { Data = data, Shape = [size, .. tensor.Shape.Skip(1)] };
    }

    static Result<IReadOnlyList<Tensor>> Join(List<IReadOnlyList<Tensor>> batches)
    {
        var joined = new List<Tensor>();
        foreach (var (output, first) in batches[0].Index())
        {
            var parts = batches.Select(b => b.ElementAtOrDefault(output)).ToList();
            var odd = parts.FindIndex(p => p is null || p.Name != first.Name || p.Kind != first.Kind || p.Shape.Length == 0 || !p.Shape.Skip(1).SequenceEqual(first.Shape.Skip(1)));
            if (odd >= 0)
                return ScoreRefusals.Changing(first, parts[odd]);
            joined.Add(Join(parts!));
        }
        return joined;
    }

    static Tensor Join(List<Tensor> parts)
    {
        var data = parts[0].Kind.Allocate(parts.Sum(p => p.Data.Length));
        var at = 0;
        foreach (var part in parts)
        {
            Array.Copy(part.Data, 0, data, at, part.Data.Length);
            at += part.Data.Length;
        }
        return parts[0] with { Data = data, Shape = [parts.Sum(p => p.Rows), .. parts[0].Shape.Skip(1)] };
    }
}
