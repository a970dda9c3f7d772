using Assay.Evaluation.Data;

namespace Assay.Evaluation.Inputs;

/// <summary>One column, or one tensor, of an input.</summary>
public sealed record InputColumn
{
    Cell[]? cells;

    /// <summary>A column of values.</summary>
    /// <param name="name">Its name; null for a tensor that nobody named.</param>
    /// <param name="shape">Its dimensions, the first of which counts rows.</param>
    /// <param name="cells">Its values, row-major.</param>
    public InputColumn(string? name, int[] shape, Cell[] cells) => (Name, Shape, Cells) = (name, shape, cells);

    InputColumn(string name, double[] reals) => (Name, Shape, Reals) = (name, [reals.Length], reals);

    /// <summary>Its name; null for a tensor that nobody named.</summary>
    public string? Name { get; init; }

    /// <summary>Its dimensions, the first of which counts rows.</summary>
    public int[] Shape { get; init; }

    /// <summary>Its values, row-major.</summary>
    public Cell[] Cells
    {
        get => cells ??= [.. Reals!.Select(Of)];
        init => (cells, Reals) = (value, null);
    }

    /// <summary>Its values where all of them are numbers, NaN where missing: many rows go to the model without a cell for each. Null otherwise.</summary>
    public double[]? Reals { get; private init; }

    /// <summary>How many values there are.</summary>
    public int Count => Reals?.Length ?? Cells.Length;

    /// <summary>One value.</summary>
    public Cell this[int index] => Reals is { } reals ? Of(reals[index]) : Cells[index];

    /// <summary>A column of a data file. Text there may mean a number, for a file without types has nothing else.</summary>
    public static InputColumn Of(DataVector vector) => vector.Numbers is { } numbers
        ? new(vector.Name, numbers)
        : new(vector.Name, [vector.Count], [.. vector.Texts!.Select(t => t is "" ? Cell.Of("") : Cell.Written(t))]);

    /// <summary>Some of the rows.</summary>
    public InputColumn Slice(int from, int count)
    {
        var width = Count / Math.Max(1, Shape[0]);
        var (start, end) = (from * width, (from + count) * width);
        return Reals is { } reals ? new(Name!, reals[start..end]) : this with { Shape = [count, .. Shape.Skip(1)], Cells = Cells[start..end] };
    }

    static Cell Of(double number) => double.IsNaN(number) ? Cell.Missing : Cell.Of(number);
}
