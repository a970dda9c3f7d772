using Assay.Contracts;
using Assay.Evaluation.Inputs;
using Assay.Evaluation.Models;
using Assay.Evaluation.Runners;
using Assay.Evaluation.Runners.Invocations;
using Assay.Evaluation.Runners.Onnx;
using Assay.Tests.Builders;

namespace Assay.Tests.EndToEnd.Serving;

/// <summary>The behaviours that every way to score has, each asked of the file in a child process and of the real server over each of its protocols.</summary>
public sealed class EveryRunnerScoresTheSame
{
    const double Close = 1e-6;

    public static TheoryData<string> Ways => ["onnx", "mlflow", "mlflow:DataframeRecords", "mlflow:Inputs", "mlflow:Instances", "v2", "v2-grpc"];

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    static ModelInput Rows(params double[][] rows) => new([
        new("age", [rows.Length], [.. rows.Select(r => Cell.Of(r[0]))]), new("income", [rows.Length], [.. rows.Select(r => double.IsNaN(r[1]) ? Cell.Missing : Cell.Of(r[1]))])]);

    static double Expected(double age, double income) => 1 / (1 + Math.Exp(-((0.25 * age) - (0.5 * income))));

    static double[] Scored(IReadOnlyList<Tensor> outputs, IRunner runner, int rows) => Scores.Choose(outputs, runner.Face, new(), rows).Value.Values;

    static async Task<(ServedModel Server, ModelFolders Folder, Digest Digest)> Serve(byte[] onnx, params string[] columns)
    {
        var folder = ModelFolders.With(onnx, columns);
        var digest = folder.Pulled("credit");
        var (server, _, said) = await ServedModel.Start(folder.Root, "--grpc", "http://127.0.0.1:0");
        return (server.ShouldNotBeNull(said), folder, digest);
    }

    static async Task<Result<IRunner>> Open(string way, ServedModel server, ModelFolders folder, Digest digest, string? model = null, ScoringLimits? limits = null)
    {
        var parts = way.Split(':');
        var choice = parts[0] == "onnx" ? RunnerChoice.Onnx : RunnerChoice.At((parts[0] == "v2-grpc" ? server.Grpc! : server.Address).AbsoluteUri, parts[0], model, null).Value;
        if (parts.Length > 1)
            choice = choice with { Form = Enum.Parse<InvocationForm>(parts[1]) };
        return await choice.Open(folder.Model, "credit", digest, limits ?? new() { Lanes = 2 }, null, TimeProvider.System, Ct);
    }

    [Theory, MemberData(nameof(Ways))]
    public async Task The_same_rows_have_the_same_scores_whatever_the_batch_and_however_many_at_once(string way)
    {
        var (server, folder, digest) = await Serve(OnnxModels.Logistic([0.25f, -0.5f], 0), "age", "income");
        await using var _ = server;
        using var __ = folder;
        await using var runner = (await Open(way, server, folder, digest)).Value;
        double[][] rows = [.. Enumerable.Range(0, 60).Select(i => new[] { i / 7.0, (60 - i) / 9.0 })];
        var whole = Scored((await runner.Score(Rows(rows), null, Ct, fromFile: true)).Value, runner, rows.Length);
        for (var i = 0; i < rows.Length; i++)
            whole[i].ShouldBe(Expected(rows[i][0], rows[i][1]), Close);
        var parts = await Task.WhenAll(rows.Chunk(7).Select(async part => Scored((await runner.Score(Rows(part), null, Ct, fromFile: true)).Value, runner, part.Length)));
        parts.SelectMany(p => p).ShouldBe(whole);
    }

    [Theory, MemberData(nameof(Ways))]
    public async Task Missing_goes_in_as_not_a_number_and_comes_out_as_such(string way)
    {
        var (server, folder, digest) = await Serve(OnnxModels.Logistic([0.25f, -0.5f], 0), "age", "income");
        await using var _ = server;
        using var __ = folder;
        await using var runner = (await Open(way, server, folder, digest)).Value;
        var scores = Scored((await runner.Score(Rows([4, 2], [4, double.NaN]), null, Ct)).Value, runner, 2);
        scores[0].ShouldBe(Expected(4, 2), Close);
        scores[1].ShouldBe(double.NaN);
    }

    [Theory, MemberData(nameof(Ways))]
    public async Task A_text_where_a_number_belongs_and_a_column_too_few_are_refused_by_name(string way)
    {
        var (server, folder, digest) = await Serve(OnnxModels.Logistic([0.25f, -0.5f], 0), "age", "income");
        await using var _ = server;
        using var __ = folder;
        await using var runner = (await Open(way, server, folder, digest)).Value;
        var text = (await runner.Score(new([new("age", [1], [Cell.Of("old")]), new("income", [1], [Cell.Of(1L)])]), null, Ct, firstRow: 41)).Refusal!;
        text.Code.ShouldBe("input-value");
        text.Message.ShouldContain("Row 41");
        (await runner.Score(new([new("age", [1], [Cell.Of(1L)])]), null, Ct)).Refusal!.Code.ShouldBe("input-column-missing");
        (await runner.Score(Rows([4, 2]), null, Ct)).Ok.ShouldBeTrue();
    }

    [Theory]
    [InlineData("onnx"), InlineData("mlflow"), InlineData("v2"), InlineData("v2-grpc")]
    public async Task Texts_go_in_and_come_out(string way)
    {
        var (server, folder, digest) = await Serve(OnnxModels.Echo(OnnxBuilder.Text));
        await using var _ = server;
        using var __ = folder;
        await using var runner = (await Open(way, server, folder, digest)).Value;
        var answer = (await runner.Score(new([new("input", [2, 1], [Cell.Of("größer"), Cell.Of("7")])]), null, Ct)).Value.ShouldHaveSingleItem();
        answer.Data.ShouldBe(new[] { "größer", "7" });
    }

    [Theory]
    [InlineData("onnx"), InlineData("mlflow"), InlineData("v2"), InlineData("v2-grpc")]
    public async Task Classes_keep_their_names(string way)
    {
        var (server, folder, digest) = await Serve(OnnxModels.ZipMap());
        await using var _ = server;
        using var __ = folder;
        await using var runner = (await Open(way, server, folder, digest)).Value;
        var answer = (await runner.Score(new([new("input", [2, 1], [Cell.Of(0.25), Cell.Of(1.0)])]), null, Ct)).Value;
        var score = Scores.Choose(answer, runner.Face, new(Class: "good"), 2).Value;
        score.Classes.ShouldBe(["bad", "good"]);
        score.Values[0].ShouldBe(0.25, Close);
        score.Values[1].ShouldBe(1, Close);
    }

    [Theory]
    [InlineData("mlflow"), InlineData("v2"), InlineData("v2-grpc")]
    public async Task Another_version_than_the_one_that_is_measured_is_refused(string way)
    {
        var (server, folder, _) = await Serve(OnnxModels.Logistic([0.25f, -0.5f], 0), "age", "income");
        await using var _ = server;
        using var __ = folder;
        var refusal = (await Open(way, server, folder, Digest.Of("another"u8))).Refusal!;
        refusal.Code.ShouldBe("endpoint-other-version");
        refusal.Kind.ShouldBe(RefusalKind.Conflict);
    }

    [Theory]
    [InlineData("mlflow"), InlineData("v2"), InlineData("v2-grpc")]
    public async Task An_endpoint_that_is_not_there_is_unreachable_and_no_fault_of_the_model(string way)
    {
        using var folder = ModelFolders.With(OnnxModels.Logistic([1, 1], 0), "age", "income");
        var choice = RunnerChoice.At("http://127.0.0.1:1", way, null, "Bearer secret").Value;
        var refusal = (await choice.Open(folder.Model, "credit", null, new() { Restarts = 1 }, null, TimeProvider.System, Ct)).Refusal!;
        refusal.Code.ShouldBe("endpoint-unreachable");
        refusal.ToString().ShouldNotContain("secret");
        choice.ToString().ShouldNotContain("secret");
    }

    [Theory]
    [InlineData("v2"), InlineData("v2-grpc")]
    public async Task A_model_that_the_server_does_not_have_is_named(string way)
    {
        var (server, folder, digest) = await Serve(OnnxModels.Logistic([0.25f, -0.5f], 0), "age", "income");
        await using var _ = server;
        using var __ = folder;
        (await Open(way, server, folder, digest, model: "fraud")).Refusal!.Kind.ShouldBe(RefusalKind.Unavailable);
    }

    [Theory]
    [InlineData("mlflow"), InlineData("v2"), InlineData("v2-grpc")]
    public async Task An_endpoint_that_hangs_is_given_up_in_time(string way)
    {
        var (server, folder, digest) = await Serve(OnnxModels.Hanging());
        await using var _ = server;
        using var __ = folder;
        await using var runner = (await Open(way, server, folder, digest)).Value;
        (await runner.Score(new([new("input", [1, 1], [Cell.Of(1.0)])]), TimeSpan.FromSeconds(1), Ct)).Refusal!.Code.ShouldBe("limit-time");
    }

    [Theory]
    [InlineData("mlflow"), InlineData("v2"), InlineData("v2-grpc")]
    public async Task A_longer_answer_than_is_allowed_is_not_read(string way)
    {
        var (server, folder, digest) = await Serve(OnnxModels.Echo(OnnxBuilder.Text));
        await using var _ = server;
        using var __ = folder;
        await using var runner = (await Open(way, server, folder, digest, limits: new() { Answer = 4096 })).Value;
        (await runner.Score(new([new("input", [1, 1], [Cell.Of(new string('x', 5000))])]), null, Ct)).Refusal!.Code.ShouldBe("endpoint-answer-too-long");
    }
}
