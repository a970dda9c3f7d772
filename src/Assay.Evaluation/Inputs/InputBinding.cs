using Assay.Contracts;
using Assay.Evaluation.Models;

namespace Assay.Evaluation.Inputs;

/// <summary>
/// Columns into the tensors that a model takes (evaluation.md §5.1): one tensor takes the columns in the signature's order;
/// several take each the column of their name, as rank 1 or [N, 1]. The data's own column order never matters.
/// </summary>
public static class InputBinding
{
    /// <summary>The model's tensors.</summary>
    /// <param name="input">What it is asked.</param>
    /// <param name="face">What the model says about itself.</param>
    /// <param name="signature">The signature, where there is one.</param>
    /// <param name="firstRow">The number of the first row, for messages; from 1.</param>
    /// <param name="fromFile">Does the input come from a data file, whose own column order says nothing?</param>
    public static Result<IReadOnlyList<Tensor>> Bind(ModelInput input, ModelFace face, ModelSignature? signature, long firstRow = 1, bool fromFile = false)
    {
        if (input.Rows == 0)
            return InputRefusals.NoRows();
        var named = input.Columns.Where(c => c.Name is not null).ToDictionary(c => c.Name!, StringComparer.Ordinal);
        foreach (var optional in signature?.Inputs.Where(c => !c.Required && !named.ContainsKey(c.Name)) ?? [])
            named[optional.Name] = new(optional.Name, [input.Rows], new Cell[input.Rows]);
        if (face.Inputs.All(port => named.ContainsKey(port.Name)))
            return All(face.Inputs.Select(port => Whole(port, named[port.Name], firstRow)));
        if (face.Inputs is not [var only])
            return named.Count == 0 ? InputRefusals.SeveralInputs([.. face.Inputs.Select(p => p.Name)]) : Missing(face.Inputs.Select(p => p.Name), named);
        if (input.Columns is [{ Name: null } tensor])
            return All([Whole(only, tensor, firstRow)]);
        string[] order = [.. signature?.Inputs.Select(c => c.Name) ?? []];
        if (order.Length == 0 && fromFile)
            return InputRefusals.UnknownOrder(only.Name, only.Shape is [_, var k] ? k : 0);
        if (order.Length == 0)
            order = [.. input.Columns.Select(c => c.Name!)];
        return order.All(named.ContainsKey) ? All([Assembled(only, [.. order.Select(name => named[name])], firstRow)]) : Missing(order, named);
    }

    static Refusal Missing(IEnumerable<string> wanted, Dictionary<string, InputColumn> named) =>
        InputRefusals.MissingColumns([.. wanted.Where(name => !named.ContainsKey(name))], [.. named.Keys]);

    static Result<IReadOnlyList<Tensor>> All(IEnumerable<Result<Tensor>> tensors)
    {
        var all = new List<Tensor>();
        foreach (var tensor in tensors)
        {
            if (!tensor.Ok)
                return tensor.Refusal!;
            all.Add(tensor.Value);
        }
        return all;
    }

    static Result<Tensor> Whole(Port port, InputColumn column, long firstRow)
    {
        if (Fitted(port.Shape, column.Shape) is not { } shape)
            return InputRefusals.Width(port.Name, Shown(port.Shape), Shown(column.Shape));
        var data = port.Kind.Allocate(column.Count);
        var width = column.Count / column.Shape[0];
        if (!Reals.Put(column, data, 0, 1))
            for (var i = 0; i < column.Count; i++)
                if (CellConversion.Put(data, i, column[i]) is { } rule)
                    return InputRefusals.CellType(firstRow + (i / width), column.Name, column[i], port.Kind, rule);
        return new Tensor(port.Name, port.Kind, shape, data);
    }

    static Result<Tensor> Assembled(Port port, InputColumn[] columns, long firstRow)
    {
        var rows = columns[0].Shape[0];
        if (columns.FirstOrDefault(c => c.Shape.Length > 1) is { } nested)
            return InputRefusals.Width(nested.Name!, "one value in each row", Shown(nested.Shape));
        if (Fitted(port.Shape, [rows, columns.Length]) is not { } shape)
            return InputRefusals.Width(port.Name, Shown(port.Shape), $"{columns.Length} columns: {string.Join(", ", columns.Select(c => c.Name))}");
        var data = port.Kind.Allocate(rows * columns.Length);
        for (var c = 0; c < columns.Length; c++)
            if (!Reals.Put(columns[c], data, c, columns.Length))
                for (var r = 0; r < rows; r++)
                    if (CellConversion.Put(data, (r * columns.Length) + c, columns[c][r]) is { } rule)
                        return InputRefusals.CellType(firstRow + r, columns[c].Name, columns[c][r], port.Kind, rule);
        return new Tensor(port.Name, port.Kind, shape, data);
    }

    /// <summary>The given shape as the port wants it, a last dimension of 1 added or dropped; null when it does not fit.</summary>
    static int[]? Fitted(int[] port, int[] given)
    {
        int[] shape = given.Length + 1 == port.Length && port[^1] is 1 or -1 && given.Length + 1 == port.Length ? [.. given, 1]
            : given.Length == port.Length + 1 && given[^1] == 1 ? given[..^1] : given;
        return shape.Length == port.Length && shape.Skip(1).Zip(port.Skip(1)).All(d => d.Second <= 0 || d.First == d.Second) ? shape : null;
    }

    static string Shown(int[] shape) => $"[{string.Join(", ", shape.Select((d, i) => d <= 0 ? "N" : d.ToString(System.Globalization.CultureInfo.InvariantCulture)))}]";
}
