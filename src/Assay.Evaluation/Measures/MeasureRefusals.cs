using Assay.Contracts;
using Assay.Evaluation.Inputs;

namespace Assay.Evaluation.Measures;

/// <summary>Every reason why held-out data gives no numbers.</summary>
internal static class MeasureRefusals
{
    static Refusal Invalid(string code, string message, string mend, string field) => new(RefusalKind.Invalid, code, message, mend, field);

    public static Refusal Columns(string uri, IReadOnlyList<string> missing, IEnumerable<string> has) => Invalid("data-columns",
        $"The data {uri} has no column {string.Join(", ", missing)}; it has {string.Join(", ", has)}.", "Name the columns of the model's signature, the label and the slices as the data has them.", missing[0]);

    public static Refusal NoOrder(string uri) => Invalid("data-order", $"Nothing says which columns of {uri} the model takes, and in which order.",
        "Log the model with a signature whose inputs are named columns.", "MLmodel.signature");

    public static Refusal Label(string column, long row, Cell cell, string wanted) => Invalid("data-label",
        $"Row {row} has {cell} in the label column {column}; wanted {wanted}.", "Mend the row in the data; rows are never dropped silently.", column);

    public static Refusal Classes(IReadOnlyList<string> classes, string positive) => Invalid("data-classes",
        $"The labels are {string.Join(", ", classes.Take(10))}{(classes.Count > 10 ? ", …" : "")}; wanted two classes with '{positive}' among them.",
        "Say which class is positive: positive: \"…\"; without it a model of more classes is measured over all of them.", "positive");

    public static Refusal UnknownClass(string column, long row, string label, IReadOnlyList<string> classes) => Invalid("data-classes",
        $"Row {row} has '{label}' in the label column {column}; the model's classes are {string.Join(", ", classes)}.", "Spell the labels as the model's classes.", column);

    public static Refusal Width(string output, int columns, int classes) => Invalid("score-width",
        $"The output {output} has {columns} columns where {classes} classes are expected.", "Name the output with the probabilities: output: {tensor: …}.", "output");

    public static Refusal Unreadable(string uri, string why) => Invalid("data-unreadable", $"The data {uri} cannot be read: {why}", "Mend the file.", "data.uri");

    public static Refusal Empty(string uri) => Invalid("data-empty", $"The data {uri} has no rows.", "Give data with rows.", "data.uri");

    public static Refusal NotFinite(long bad, long all, long row) => Invalid("score-not-finite",
        $"{bad} of {all} scores are not finite numbers, the first in row {row}.", "Mend the model; rows are never dropped, so nothing can be measured.", "score");

    public static Refusal Condition(string name, string why) => Invalid("slices-condition", $"The condition of the slice {name} cannot be used: {why}", "Mend the condition; its columns are those of the data.", "slices.by");
}
