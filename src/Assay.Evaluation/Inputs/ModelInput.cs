namespace Assay.Evaluation.Inputs;

/// <summary>What a model is asked: columns of equally many rows.</summary>
public sealed record ModelInput(IReadOnlyList<InputColumn> Columns)
{
    /// <summary>The number of rows.</summary>
    public int Rows => Columns.Count == 0 || Columns[0].Shape.Length == 0 ? 0 : Columns[0].Shape[0];

    /// <summary>Some of the rows.</summary>
    public ModelInput Slice(int from, int count) => new([.. Columns.Select(c => c.Slice(from, count))]);

    /// <summary>The same input with one column set to one value in each row; a column that is not there is added.</summary>
    public ModelInput With(string column, Cell value)
    {
        var set = new InputColumn(column, [Rows], [.. Enumerable.Repeat(value, Rows)]);
        return new(Columns.Any(c => c.Name == column) ? [.. Columns.Select(c => c.Name == column ? set : c)] : [.. Columns, set]);
    }

    /// <summary>The same input with its rows repeated: all of them, so many times more.</summary>
    public ModelInput Repeated(int more) => new([.. Columns.Select(c =>
        c with { Shape = [c.Shape[0] * (more + 1), .. c.Shape.Skip(1)], Cells = [.. Enumerable.Repeat(c.Cells, more + 1).SelectMany(x => x)] })]);

    /// <summary>The same input with its columns in the opposite order, which must not matter.</summary>
    public ModelInput Turned() => new([.. Columns.Reverse()]);
}
