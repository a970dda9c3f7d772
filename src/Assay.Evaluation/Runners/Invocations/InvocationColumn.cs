using System.Text.Json;
using Assay.Contracts;
using Assay.Evaluation.Inputs;
using Assay.Evaluation.Models;

namespace Assay.Evaluation.Runners.Invocations;

/// <summary>One column of a question, written as JSON by its type in the signature; what does not fit the type is a refusal as it is for a file.</summary>
internal sealed class InvocationColumn(InputColumn column, SignatureColumn? type, long firstRow)
{
    readonly TensorKind? kind = type?.Type switch
    {
        "double" => TensorKind.Double,
        "float" => TensorKind.Float,
        "long" => TensorKind.Int64,
        "integer" => TensorKind.Int32,
        "boolean" => TensorKind.Bool,
        "string" or "datetime" => TensorKind.Text,
        _ => null,
    };
    readonly Array room = (type?.Type switch
    {
        "float" => TensorKind.Float,
        "long" => TensorKind.Int64,
        "integer" => TensorKind.Int32,
        "boolean" => TensorKind.Bool,
        "string" or "datetime" => TensorKind.Text,
        _ => TensorKind.Double,
    }).Allocate(1);
    readonly int width = column.Cells.Length / Math.Max(1, column.Shape[0]);

    public string? Name => column.Name;

    /// <summary>Is it a table or more, not one value in each row?</summary>
    public bool IsTensor => type?.Type == "tensor" || width != 1;

    /// <summary>Writes one row: a value, or nested lists.</summary>
    public Refusal? Write(Utf8JsonWriter to, int row, bool plain) => Write(to, row, plain && width == 1 ? [] : column.Shape.AsSpan(1), row * width);

    /// <summary>Writes all rows as nested lists.</summary>
    public Refusal? WriteAll(Utf8JsonWriter to) => Write(to, 0, column.Shape, 0);

    Refusal? Write(Utf8JsonWriter to, int row, ReadOnlySpan<int> shape, int at)
    {
        if (shape.Length == 0)
            return Value(to, firstRow + (at / width), column.Cells[at]);
        to.WriteStartArray();
        var step = 1;
        foreach (var length in shape[1..])
            step *= length;
        for (var i = 0; i < shape[0]; i++)
            if (Write(to, row, shape[1..], at + (i * step)) is { } refusal)
                return refusal;
        to.WriteEndArray();
        return null;
    }

    Refusal? Value(Utf8JsonWriter to, long row, Cell cell)
    {
        if (cell.Kind == CellKind.Missing)
            to.WriteNullValue();
        else if (kind is { } typed)
        {
            if (CellConversion.Put(room, 0, cell) is { } rule)
                return InputRefusals.CellType(row, Name, cell, typed, rule);
            return room switch
            {
                double[] d => Real(to, row, d[0], null),
                float[] f => Real(to, row, f[0], f[0]),
                long[] l => Put(() => to.WriteNumberValue(l[0])),
                int[] i => Put(() => to.WriteNumberValue(i[0])),
                bool[] b => Put(() => to.WriteBooleanValue(b[0])),
                var texts => Put(() => to.WriteStringValue(((string[])texts)[0])),
            };
        }
        else if (cell.Kind == CellKind.Real)
            return Real(to, row, cell.Real, null);
        else if (cell.Kind == CellKind.Integer)
            to.WriteNumberValue(cell.Whole);
        else if (cell.Kind == CellKind.Bool)
            to.WriteBooleanValue(cell.Whole == 1);
        else
            to.WriteStringValue(cell.Text);
        return null;
    }

    /// <summary>NaN is null, as MLflow's own client writes it. A float is written as short as it can be.</summary>
    Refusal? Real(Utf8JsonWriter to, long row, double value, float? single)
    {
        if (double.IsNaN(value))
            to.WriteNullValue();
        else if (double.IsInfinity(value))
            return Endpoints.EndpointRefusals.Infinite(row, Name);
        else if (single is { } small)
            to.WriteNumberValue(small);
        else
            to.WriteNumberValue(value);
        return null;
    }

    static Refusal? Put(Action write)
    {
        write();
        return null;
    }
}
