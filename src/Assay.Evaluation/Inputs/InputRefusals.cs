using Assay.Contracts;
using Assay.Evaluation.Models;

namespace Assay.Evaluation.Inputs;

/// <summary>Every reason why an input cannot be given to a model.</summary>
internal static class InputRefusals
{
    static Refusal Invalid(string code, string message, string mend, string? field) => new(RefusalKind.Invalid, code, message, mend, field);

    public static Refusal NotOneForm(IReadOnlyList<string> found, IReadOnlyList<string> forms) => Invalid("input-form",
        found.Count == 0 ? "The input has none of the known forms." : $"The input has {string.Join(" and ", found)} at once.", $"Give exactly one of {string.Join(", ", forms)}.", "input");

    public static Refusal Shape(string field, string wanted) => Invalid("input-shape", $"{field} is not {wanted}.", $"Give {field} as {wanted}.", field);

    public static Refusal Ragged(string field) => Invalid("input-ragged", $"{field} has rows of different lengths.", "Give each row the same number of values.", field);

    public static Refusal RowLength(string field, int row, int found, int wanted) => Invalid("input-row-length",
        $"{field} has {found} values in row {row}, but there are {wanted} columns.", "Give one value for each column in each row.", field);

    public static Refusal ColumnTwice(string column) => Invalid("input-column-twice", $"The column {column} is given twice.", "Name each column once.", column);

    public static Refusal RowsDiffer(string column, int found, int wanted) => Invalid("input-rows-differ",
        $"{column} has {found} rows, the first column has {wanted}.", "Give each column the same number of rows.", column);

    public static Refusal NoRows() => Invalid("input-empty", "The input has no rows.", "Give at least one row.", "input");

    public static Refusal MissingColumns(IReadOnlyList<string> missing, IReadOnlyList<string> given) => Invalid("input-column-missing",
        $"The input lacks {string.Join(", ", missing)}, which the model needs; it has {(given.Count == 0 ? "no named columns" : string.Join(", ", given))}.",
        "Give a value, or null where it is unknown, for each column of the model's signature.", missing[0]);

    public static Refusal UnknownOrder(string input, int columns) => Invalid("input-order-unknown",
        $"The model takes one tensor '{input}' of {(columns > 0 ? $"{columns} columns" : "columns")} and has no signature that names them, so nothing says which column is which.",
        "Log the model with a signature whose inputs are named columns.", "MLmodel.signature");

    public static Refusal Width(string input, string takes, string given) => Invalid("input-width",
        $"The model's input {input} takes {takes}; given was {given}.", "Give the shape that the model declares.", input);

    public static Refusal SeveralInputs(IReadOnlyList<string> inputs) => Invalid("input-unnamed",
        $"The model has the inputs {string.Join(", ", inputs)}, and the tensor given has no name.", "Give the inputs by name.", "inputs");

    public static Refusal CellType(long row, string? column, Cell cell, TensorKind kind, string rule) => Invalid("input-value",
        $"Row {row}, {(column is null ? "tensor" : $"column {column}")}: {cell} is no {kind.NumPyName()}; {rule}.", "Mend the value in the input.", column);
}
