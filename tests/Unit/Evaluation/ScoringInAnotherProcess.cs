using Assay.Evaluation.Models;
using Assay.Evaluation.Scoring;
using Assay.Tests.Builders;
using Shouldly;
using Xunit;

namespace Assay.Tests.Unit.Evaluation;

public sealed class ScoringInAnotherProcess
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_model_is_loaded_and_run_in_a_process_of_its_own()
    {
        using var folder = ModelFolders.With(OnnxModels.Logistic([1, -2], 0.5f), "a", "b");
        await using var worker = (await ScoreProcess.Start(ModelFolder.Open(folder.Model).Value, new(), null, Ct)).Value;
        Console.WriteLine(File.ReadAllText($"/proc/{worker.Id}/status"));
        Console.WriteLine(File.ReadAllText($"/proc/{worker.Id}/limits"));
        var answer = await worker.Score([new("input", TensorKind.Float, [2, 2], new float[] { 1, 1, 3, 0.5f })], TimeSpan.FromSeconds(30), Ct);
        var score = answer.Value.ShouldHaveSingleItem();
        score.Name.ShouldBe("score");
        score.Shape.ShouldBe([2, 1]);
        score.Number(0).ShouldBe(1 / (1 + Math.Exp(0.5)), 1e-6);
        score.Number(1).ShouldBe(1 / (1 + Math.Exp(-2.5)), 1e-6);
    }
}
