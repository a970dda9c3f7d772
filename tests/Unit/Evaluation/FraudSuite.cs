using Assay.Evaluation;
using Assay.Tests.Builders;

namespace Assay.Tests.Unit.Evaluation;

/// <summary>The suite that ships in examples/fraud: a good model passes it, and each broken one fails for the right reason.</summary>
public sealed class FraudSuite
{
    static async Task<EvaluationOutcome> Run(byte[] model)
    {
        using var folder = FraudModels.In(model);
        var example = Path.Combine(Repository.Root, "examples", "fraud");
        foreach (var file in Directory.EnumerateFiles(example, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(example, f)))
            // A busy machine is no slow model: the times that the suite allows are no part of what is tested here.
            folder.Write($"suites/{file}", (await File.ReadAllTextAsync(Path.Combine(example, file), TestContext.Current.CancellationToken))
                .Replace("timeout_ms: 500", "timeout_ms: 60000").Replace("p50_ms: 5, p99_ms: 20", "p50_ms: 5000, p99_ms: 60000"));
        var outcome = await new Evaluator(TimeProvider.System).Run(folder.Model, Path.Combine(folder.Root, "suites", "fraud-invariants.yaml"), new() { Model = "fraud-scorer" }, null, TestContext.Current.CancellationToken);
        outcome.Ok.ShouldBeTrue(outcome.Refusal?.Message);
        return outcome.Value;
    }

    [Fact]
    public async Task A_good_model_passes_it()
    {
        var outcome = await Run(FraudModels.Good);
        outcome.Rows.ShouldAllBe(r => r.State == OutcomeState.Passed, string.Join("\n", outcome.Rows.Where(r => r.State != OutcomeState.Passed)));
        outcome.Rows.Count.ShouldBe(16);
        outcome.ExitCode.ShouldBe(0);
    }

    public static TheoryData<string, byte[], string, string> Broken => new()
    {
        { "constant", FraudModels.Constant, "known-card-testing-burst/1-between", "is 0.5, wanted 0.85 to 0.95" },
        { "NaN", FraudModels.NotANumber, "null-handling/1-finite", "score has NaN" },
        { "swapped columns", FraudModels.SwappedColumns, "groceries-regular/1-between", "is 1, wanted at most 0.1" },
        // Far below 0 is still below 0.10: it is the upper end that gives log-odds away.
        { "log-odds", FraudModels.LogOdds, "known-card-testing-burst/1-between", "wanted 0.85 to 0.95" },
        { "off-by-one category", FraudModels.OffByOneCategory, "known-card-testing-burst/1-between", "wanted 0.85 to 0.95" },
        { "wrong dtype", FraudModels.WrongType, "softmax/4-schema", "probabilities is FP64, wanted FP32" },
    };

    [Theory, MemberData(nameof(Broken))]
    public async Task Each_broken_model_fails_it_for_the_right_reason(string what, byte[] model, string probe, string reason)
    {
        var outcome = await Run(model);
        outcome.ExitCode.ShouldBe(1, what);
        var row = outcome.Rows.Single(r => r.Name == probe);
        row.State.ShouldBe(OutcomeState.Failed);
        row.Text!.ShouldContain(reason);
    }
}
