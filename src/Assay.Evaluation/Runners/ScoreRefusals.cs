using Assay.Contracts;
using Assay.Evaluation.Models;

namespace Assay.Evaluation.Runners;

/// <summary>Every reason why an answer has no score.</summary>
internal static class ScoreRefusals
{
    const string Say = "Say which in the suite: output: {tensor: NAME, class: \"1\"}.";

    static Refusal Invalid(string code, string message, string mend) => new(RefusalKind.Invalid, code, message, mend, "output");

    public static Refusal NoOutput(string name, IReadOnlyList<Tensor> outputs) => Invalid("output-missing", $"The model has no output '{name}'; it has {Names(outputs)}.", Say);

    public static Refusal NoScore(IReadOnlyList<Tensor> outputs) => Invalid("score-unknown",
        $"None of the model's outputs ({Names(outputs)}) is a score by its name (score, variable, probability, probabilities), and a label is never taken for one.", Say);

    public static Refusal NoClass(string output, string? wanted, IReadOnlyList<string> classes) => Invalid("score-class",
        wanted is null ? $"The output {output} has {classes.Count} columns, for {string.Join(", ", classes)}, and nothing says which is the score."
            : $"The output {output} has no class '{wanted}'; it has {string.Join(", ", classes)}.", Say);

    public static Refusal NoNumber(string output) => Invalid("score-no-number", $"The output {output} is text, which is no score.", Say);

    public static Refusal Rows(string output, int found, int wanted) => Invalid("score-rows",
        $"The output {output} has {found} rows where {wanted} were asked.", "Export the model so that its first dimension counts rows.");

    public static Refusal Changing(Tensor first, Tensor? other) => new(RefusalKind.Invalid, "model-changes-shape",
        $"The model's output {first.Name} was {Shown(first)} in its first answer and {(other is null ? "absent" : Shown(other))} in a later one.",
        "Export the model so that each answer has the same outputs, one row for each row asked.", "output");

    static string Shown(Tensor tensor) => $"{tensor.Kind.NumPyName()} [{string.Join(", ", tensor.Shape)}]";

    static string Names(IReadOnlyList<Tensor> outputs) => string.Join(", ", outputs.Select(o => o.Name));
}
