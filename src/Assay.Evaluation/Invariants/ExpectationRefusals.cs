using Assay.Contracts;

namespace Assay.Evaluation.Invariants;

/// <summary>Every reason why a case cannot be judged.</summary>
internal static class ExpectationRefusals
{
    public static Refusal NoRow(int row, int rows) => new(RefusalKind.Invalid, "case-row",
        $"output.path names row {row}, but the answer has {rows} rows (counted from 0).", "Name a row that the input has.", "output.path");

    public static Refusal NoInput() => new(RefusalKind.Invalid, "input-unreadable",
        "The case has no input that can be read.", "Mend the places in the suite that are named by line and column.", "input");
}
