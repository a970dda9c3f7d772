using Assay.Evaluation.Models;

namespace Assay.Evaluation.Runners;

/// <summary>Answers of several batches as one.</summary>
internal static class Tensors
{
    /// <summary>The rows of all batches, output by output.</summary>
    public static IReadOnlyList<Tensor> Join(IReadOnlyList<IReadOnlyList<Tensor>> batches) =>
        batches is [var one] ? one : [.. batches[0].Select((first, output) => Join([.. batches.Select(b => b[output])]))];

    static Tensor Join(Tensor[] parts)
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
