using Assay.Evaluation.Inputs;
using Assay.Evaluation.Models;

namespace Assay.Evaluation.FirstSuites;

/// <summary>Rows for a model that was logged without an example: plain values of the right kinds, different in each column, the same each time.</summary>
internal static class MadeRows
{
    const int Most = 3, MostValues = 3_000;

    /// <summary>Rows for the signature's columns, else for the model's own inputs.</summary>
    public static ModelInput Of(ModelFace face, ModelSignature? signature)
    {
        string[] names = [.. signature?.Inputs.Select(c => c.Name) ?? []];
        if (face.Inputs is [var only] && names.Length > 0 && !names.Contains(only.Name))
            return new([.. names.Index().Select(n => Column(n.Item, only.Kind, [Rows(names.Length)], n.Index, Whole(signature!.Inputs[n.Index])))]);
        var rows = Rows(face.Inputs.Sum(p => p.Shape.Skip(1).Aggregate(1L, (product, d) => product * Math.Max(1, d))));
        var named = face.Inputs.Count > 1 || names.Length > 0;
        return new([.. face.Inputs.Index().Select(p => Column(named ? p.Item.Name : null, p.Item.Kind, Shape(p.Item, rows, named), p.Index,
            signature?.Inputs.Any(c => c.Name == p.Item.Name && Whole(c)) ?? false))]);
    }

    /// <summary>An input of one value in each row is a column of a table, where it has a name.</summary>
    static int[] Shape(Port port, int rows, bool named)
    {
        int[] inner = [.. port.Shape.Skip(1).Select(d => Math.Max(1, d))];
        return named && inner is [1] ? [rows] : [rows, .. inner];
    }

    static int Rows(long width) => (int)Math.Clamp(MostValues / Math.Max(1, width), 1, Most);

    static bool Whole(SignatureColumn column) => column.Type is "integer" or "long" or "boolean";

    static InputColumn Column(string? name, TensorKind kind, int[] shape, int column, bool whole)
    {
        var width = shape.Skip(1).Aggregate(1, (product, d) => product * d);
        return new(name, shape, [.. Enumerable.Range(0, shape[0] * width).Select(i => Value(kind, i / width, column + (i % width), whole))]);
    }

    static Cell Value(TensorKind kind, int row, int column, bool whole) => kind switch
    {
        TensorKind.Text => Cell.Of(((char)('a' + ((row + column) % 26))).ToString()),
        TensorKind.Bool => Cell.Of((row + column) % 2 == 1),
        TensorKind.Float or TensorKind.Double or TensorKind.Half when !whole => Cell.Of(((row * 4) + (column % 7)) / 8.0),
        _ => Cell.Of((long)((row + column) % 2)),
    };
}
