using Assay.Contracts;

namespace Assay.Evaluation.Suites;

/// <summary>Every reason why a suite cannot be run.</summary>
internal static class SuiteRefusals
{
    public static Refusal NoFile(string path, string why) => new(RefusalKind.NotFound, "suite-missing",
        $"The suite {path} cannot be read: {why}.", "Give the path of a YAML file of kind InvariantSuite or EvaluationSuite.", "suite");

    public static Refusal TooLarge(string path) => new(RefusalKind.Invalid, "suite-too-large",
        $"The suite {path} is larger than 16 MiB.", "Keep large inputs in files beside it: input: {file: cases/rows.json}.", "suite");

    public static Refusal Malformed(Refusal document) => document with { Code = "malformed-suite", Mend = "Mend the places named by line and column, and run it again." };

    public static Refusal OtherModel(string suite, string its, string model) => new(RefusalKind.Conflict, "suite-of-another-model",
        $"The suite {suite} is for the model {its}, not for {model}.", "Give the suite of this model, or take metadata.model out of a suite that is for any.", "metadata.model");

    public static Refusal NoInvariants(string path) => new(RefusalKind.Invalid, "suite-kind",
        $"{path} is listed under invariants and is no InvariantSuite.", "List suites of kind InvariantSuite there, and give the others to --suite themselves.", "invariants");

    public static Refusal NoData(string uri, string why) => new(RefusalKind.NotFound, "data-missing",
        $"The data {uri} cannot be read: {why}.", "Give a local CSV or Parquet file by its path relative to the suite.", "data.uri");

    public static Refusal OtherData(string uri, Digest wanted, Digest found) => new(RefusalKind.Conflict, "data-digest",
        $"The data {uri} is {found}, but the suite wants {wanted}.", "Fetch the file that the suite was written for, or set data.digest to the new one on purpose.", "data.digest");
}
