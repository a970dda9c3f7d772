using Assay.Contracts;

namespace Assay.Evaluation.FirstSuites;

/// <summary>Every reason why no first suite can be written.</summary>
internal static class FirstSuiteRefusals
{
    const string LogExample = "Log the model with an input example of a few rows (input_example=X[:5]), or write the suite by hand.";

    public static Refusal Example(string file, string why) => new(RefusalKind.Invalid, "example-unusable", $"The logged example {file} {why}.", LogExample, "saved_input_example_info");

    public static Refusal NoAnswer(string source, Refusal why) => new(RefusalKind.Invalid, "first-suite-no-answer",
        $"The model gives no answer to {source}: {why.Message.TrimEnd('.')}.", LogExample, "version");

    public static Refusal NothingHolds(string why) => new(RefusalKind.Invalid, "first-suite-nothing-holds",
        $"Nothing can be expected of the model's answers: {why.TrimEnd('.')}.", "Look at what the model answers, and write the suite by hand.", "version");

    public static Refusal TooLarge() => new(RefusalKind.Invalid, "first-suite-too-large",
        "One row of the example is too large for a suite of 16 MiB.", "Write the suite by hand with the rows in files beside it: input: {file: cases/rows.json}.", "version");
}
