using Assay.Contracts;

namespace Assay.Evaluation.Invariants;

/// <summary>Every reason why a case cannot be judged.</summary>
internal static class ExpectationRefusals
{
    public static Refusal NoRow(int row, int rows) => new(RefusalKind.Invalid, "case-row",
        $"output.path names row {row}, but the answer has {rows} rows (counted from 0).", "Name a row that the input has.", "output.path");

    public static Refusal NoLog() => new(RefusalKind.Invalid, "input-from-log",
        "from_log is not measured by this version: there is no request log to take the input from.", "Write the input into the suite, or into a file beside it.", "input.from_log");
}
