using Assay.Contracts;
using Assay.Evaluation.Inputs;
using Assay.Evaluation.Models;
using Assay.Evaluation.Runners;
using Assay.Evaluation.Runners.Onnx;
using Assay.Tests.Builders;

namespace Assay.Tests.Unit.Evaluation;

/// <summary>What the runner adds to its worker processes: lanes, batches of a fixed size, starting again.</summary>
public sealed class RunningOnnx
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    static async Task<OnnxRunner> Open(ModelFolders folder, ScoringLimits? limits = null) =>
        (await OnnxRunner.Open(ModelFolder.Open(folder.Model).Value, limits ?? new() { Lanes = 2 }, null, TimeProvider.System, Ct)).Value;

    static ModelInput Numbers(params double[] values) => new([new("input", [values.Length, 1], [.. values.Select(Cell.Of)])]);

    [Fact]
    public async Task Questions_side_by_side_are_answered_by_two_processes_each_with_its_own_answer()
    {
        using var folder = ModelFolders.With(OnnxModels.Echo(OnnxBuilder.Float));
        await using var runner = await Open(folder);
        runner.Lanes.ShouldBe(2);
        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(async i => (i, (await runner.Score(Numbers(i, -i), null, Ct)).Value[0])));
        foreach (var (i, answer) in answers)
            answer.Data.ShouldBe(new float[] { i, -i });
        runner.Dead.ShouldBeFalse();
    }

    [Fact]
    public async Task A_worker_that_hangs_leaves_the_other_one_alone_and_starts_again()
    {
        using var folder = ModelFolders.With(OnnxModels.Hanging());
        await using var runner = await Open(folder, new() { Lanes = 2, Restarts = 1 });
        var two = await Task.WhenAll(runner.Score(Numbers(1), TimeSpan.FromMilliseconds(200), Ct), runner.Score(Numbers(2), TimeSpan.FromMilliseconds(200), Ct));
        two.ShouldAllBe(answer => answer.Refusal!.Code == "limit-time");
        runner.Dead.ShouldBeTrue();
        (await runner.Score(Numbers(1), TimeSpan.FromMilliseconds(200), Ct)).Refusal!.Message.ShouldNotContain("as often as allowed");
        (await runner.Score(Numbers(1), TimeSpan.FromMilliseconds(200), Ct)).Refusal!.Message.ShouldContain("as often as allowed");
    }

    [Fact]
    public async Task A_fixed_number_of_rows_is_filled_up_and_cut_again()
    {
        using var folder = ModelFolders.With(OnnxModels.TwoRowsAtATime());
        await using var runner = await Open(folder);
        foreach (var rows in (int[])[1, 2, 3, 5])
        {
            var answer = (await runner.Score(Numbers([.. Enumerable.Range(1, rows).Select(i => (double)i)]), null, Ct)).Value.ShouldHaveSingleItem();
            answer.Shape.ShouldBe([rows, 1]);
            answer.Data.ShouldBe(Enumerable.Range(1, rows).Select(i => 2f * i).ToArray());
        }
    }

    [Fact]
    public async Task Answers_that_change_their_shape_from_call_to_call_are_refused()
    {
        var calls = 0;
        Task<Result<IReadOnlyList<Tensor>>> Changing(IReadOnlyList<Tensor> part) => Task.FromResult<Result<IReadOnlyList<Tensor>>>(
            calls++ == 0 ? new List<Tensor> { new("score", TensorKind.Float, [2, 1], new float[2]) } : new List<Tensor> { new("score", TensorKind.Float, [2, 3], new float[6]) });
        var answer = await FixedRows.Ask([new("input", TensorKind.Float, [4, 1], new float[4])], 2, Changing);
        answer.Refusal!.Code.ShouldBe("model-changes-shape");
        answer.Refusal.Message.ShouldContain("float32 [2, 3]");
    }

    [Fact]
    public async Task A_row_too_many_is_no_score()
    {
        using var folder = ModelFolders.With(OnnxModels.RowTooMany());
        await using var runner = await Open(folder);
        var answer = (await runner.Score(Numbers(1, 2), null, Ct)).Value;
        Scores.Choose(answer, runner.Face, new(), 2).Refusal!.Code.ShouldBe("score-rows");
    }
}
