using Assay.Contracts;
using Assay.Evaluation.Inputs;

namespace Assay.Evaluation.Heldout;

/// <summary>Every reason why held-out data gives no numbers.</summary>
internal static class HeldoutRefusals
{
    static Refusal Invalid(string code, string message, string mend, string field) => new(RefusalKind.Invalid, code, message, mend, field);

    public static Refusal Columns(string uri, IReadOnlyList<string> missing, IReadOnlyList<string> has) => Invalid("data-columns",
        $"The data {uri} has no column {string.Join(", ", missing)}; it has {string.Join(", ", has)}.", "Name the columns of the model's signature and the label as the data has them.", missing[0]);

    public static Refusal Label(string column, long row, Cell cell, string wanted) => Invalid("data-label",
        $"Row {row} has {cell} in the label column {column}; wanted {wanted}.", "Mend the row in the data; rows are never dropped silently.", column);

    public static Refusal Classes(IReadOnlyList<string> classes, string positive) => Invalid("data-classes",
        $"The labels are {string.Join(", ", classes.Take(10))}{(classes.Count > 10 ? ", …" : "")}; two classes with '{positive}' among them are measured by this version.",
        "Say which class is positive: positive: \"…\".", "positive");

    public static Refusal Unreadable(string uri, string why) => Invalid("data-unreadable", $"The data {uri} cannot be read: {why}", "Mend the file.", "data.uri");

    public static Refusal Empty(string uri) => Invalid("data-empty", $"The data {uri} has no rows.", "Give data with rows.", "data.uri");

    public static Refusal NotFinite(int bad, int all, int row) => Invalid("score-not-finite",
        $"{bad} of {all} scores are not finite numbers, the first in row {row}.", "Mend the model; rows are never dropped, so nothing can be measured.", "score");
}
