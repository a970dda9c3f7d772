using System.CommandLine;
using System.Text.Json.Nodes;
using Assay.Cli.Measuring;
using Assay.Cli.Surface;
using Assay.Contracts;
using Assay.Evaluation.Suites;

namespace Assay.Cli.Verbs;

/// <summary>Reads a suite of either kind without measuring anything: all its mistakes, or what it would measure.</summary>
internal static class SuiteCheckVerb
{
    public static Verb Build()
    {
        var file = new Argument<string>("file") { Description = "A suite, of kind InvariantSuite or EvaluationSuite.", HelpName = "FILE" };
        return new Verb("check", "Reads a suite without measuring: every mistake with line, column and the nearest known key (exit 1), or what it would measure. Needs no server.",
            "assay suite check evals/invariants.yaml") { file }.Runs((call, _) => Task.FromResult(Run(call, call.Require(file))));
    }

    static int Run(Call call, string file)
    {
        var suite = SuiteFile.Load(file);
        if (suite.Refusal is { Kind: RefusalKind.NotFound } missing)
            throw new WrongUseException(missing.Message, missing.Mend, "file");
        List<string> wrong = suite.Refusal is { } refusal ? [refusal.Message] : [.. suite.Value is EvaluationSuite evaluation ? evaluation.Invariants.Select(Nested).OfType<string>() : []];
        foreach (var problem in wrong)
            call.Out.Problem(problem);
        var answer = new JsonObject { ["ok"] = wrong.Count == 0, ["findings"] = new JsonArray([.. wrong.Select(w => JsonValue.Create(w))]) };
        if (suite.Ok)
            answer["suite"] = SuitePlan.ToJson(suite.Value);
        call.Out.Document(answer);
        if (wrong.Count > 0)
            return ExitCode.Negative;
        SuitePlan.Print(call.Out, suite.Value);
        return ExitCode.Done;
    }

    /// <summary>What is wrong with a suite that another one names; null when nothing is.</summary>
    static string? Nested(string path)
    {
        var nested = SuiteFile.Load(path);
        return nested.Refusal is { } refusal ? refusal.Message : nested.Value is InvariantSuite ? null : $"{path} is listed under invariants and is no InvariantSuite.";
    }
}
