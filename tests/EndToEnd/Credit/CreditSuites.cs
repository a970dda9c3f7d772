using Assay.Evaluation;
using Assay.Examples.Credit;
using Assay.Tests.Unit.Credit;

namespace Assay.Tests.EndToEnd.Credit;

/// <summary>The suites that ship with the example, against models that are really trained: they tell the good from the broken, at any seed.</summary>
public sealed class CreditSuites : IDisposable
{
    static readonly string Example = Path.Combine(Repository.Root, "examples", "credit");
    readonly string folder = Directory.CreateTempSubdirectory("assay credit ").FullName;

    public CreditSuites()
    {
        Directory.CreateDirectory(Path.Combine(folder, "evals"));
        foreach (var suite in Directory.EnumerateFiles(Path.Combine(Example, "evals")))
            File.Copy(suite, Path.Combine(folder, "evals", Path.GetFileName(suite)));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    async Task<EvaluationOutcome> Evaluate(string variant, long seed, string suite)
    {
        using var output = new StringWriter();
        var results = Path.Combine(folder, "out");
        (await CommandLine.RunAsync(["--data", LoanData.File, "--offline", "--variant", variant, "--seed", $"{seed}", "--out", results], output, output)).ShouldBe(0, output.ToString());
        var outcome = await new Evaluator(TimeProvider.System).Run(Path.Combine(results, "model"), Path.Combine(folder, "evals", suite), new() { Model = "credit" }, null, CancellationToken.None);
        outcome.Ok.ShouldBeTrue(outcome.Refusal?.Message);
        return outcome.Value;
    }

    [Theory]
    [InlineData("good", 7)]
    [InlineData("better", 7)]
    [InlineData("good", 20261)]
    [InlineData("better", 20261)]
    public async Task A_sound_model_holds_every_invariant(string variant, long seed)
    {
        var outcome = await Evaluate(variant, seed, "credit-invariants.yaml");
        outcome.Rows.Where(row => row.State is not OutcomeState.Passed).ShouldBeEmpty();
        outcome.Rows.Count.ShouldBeGreaterThanOrEqualTo(8);
        outcome.ExitCode.ShouldBe(0);
    }

    [Theory]
    [InlineData(7)]
    [InlineData(20261)]
    public async Task A_model_that_takes_income_for_debt_is_found_by_them(long seed)
    {
        var outcome = await Evaluate("broken", seed, "credit-invariants.yaml");
        outcome.ExitCode.ShouldBe(1);
        var failed = outcome.Rows.Where(row => row.State == OutcomeState.Failed).Select(row => row.Name).ToArray();
        foreach (var name in new[] { "usual-customer", "more-income-is-never-worse", "more-debt-is-never-better" })
            failed.ShouldContain(row => row.StartsWith(name, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("good", 7)]
    [InlineData("better", 7)]
    [InlineData("good", 20261)]
    public async Task The_bounds_of_a_sound_model_clear_what_the_policy_asks(string variant, long seed)
    {
        var outcome = await Evaluate(variant, seed, "credit-heldout.yaml");
        outcome.ExitCode.ShouldBe(0, string.Join("; ", outcome.Messages));
        outcome.Rows.Single(row => row.Name == "auc").Low!.Value.ShouldBeGreaterThan(0.76);
        outcome.Rows.Single(row => row.Name == "accuracy").Low!.Value.ShouldBeGreaterThan(0.70);
        outcome.Rows.Single(row => row.Name == "auc").N!.Value.ShouldBeGreaterThanOrEqualTo(1000);
    }
}
