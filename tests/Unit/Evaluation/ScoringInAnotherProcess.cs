using System.Diagnostics;
using System.Runtime.InteropServices;
using Assay.Contracts;
using Assay.Evaluation.Models;
using Assay.Evaluation.Runners.Onnx;
using Assay.Tests.Builders;

namespace Assay.Tests.Unit.Evaluation;

public sealed class ScoringInAnotherProcess
{
    static readonly ScoringLimits Normal = new();
    static readonly TimeSpan Patient = TimeSpan.FromMinutes(1);

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    static Task<Result<ScoreProcess>> Start(ModelFolders folder, ScoringLimits? limits = null) =>
        ScoreProcess.Start(ModelFolder.Open(folder.Model).Value, limits ?? Normal, null, Ct);

    static Tensor Number(float value) => new("input", TensorKind.Float, [1, 1], new[] { value });

    [Fact]
    public async Task A_model_is_loaded_and_run_in_a_process_of_its_own()
    {
        using var folder = ModelFolders.With(OnnxModels.Logistic([1, -2], 0.5f), "a", "b");
        await using var worker = (await Start(folder)).Value;
        var answer = await worker.Score([new("input", TensorKind.Float, [2, 2], new float[] { 1, 1, 3, 0.5f })], Patient, Ct);
        var score = answer.Value.ShouldHaveSingleItem();
        score.Name.ShouldBe("score");
        score.Shape.ShouldBe([2, 1]);
        score.Number(0).ShouldBe(1 / (1 + Math.Exp(0.5)), 1e-6);
        score.Number(1).ShouldBe(1 / (1 + Math.Exp(-2.5)), 1e-6);
    }

    [Fact]
    public async Task The_process_is_limited_by_the_kernel_and_sees_nothing_of_ours()
    {
        using var folder = ModelFolders.With(OnnxModels.Logistic([1], 0));
        Environment.SetEnvironmentVariable("ASSAY_TEST_TOKEN", "secret");
        await using var worker = (await Start(folder, Normal with { Cpu = TimeSpan.FromSeconds(77) })).Value;
        var limits = File.ReadAllLines($"/proc/{worker.Id}/limits").ToDictionary(l => l[..25].Trim(), l => l[25..].Split(' ', StringSplitOptions.RemoveEmptyEntries));
        limits["Max core file size"][0].ShouldBe("0");
        limits["Max cpu time"][0].ShouldBe("77");
        long.Parse(limits["Max address space"][0]).ShouldBeGreaterThan(Normal.AddressSpace);
        var environment = File.ReadAllText($"/proc/{worker.Id}/environ");
        environment.ShouldNotContain("ASSAY_TEST_TOKEN");
        environment.Split('\0', StringSplitOptions.RemoveEmptyEntries).ShouldAllBe(v => v.StartsWith("DOTNET_") || v.StartsWith("MALLOC_"));
        var standsIn = new FileInfo($"/proc/{worker.Id}/cwd").ResolveLinkTarget(true)!.FullName;
        Directory.EnumerateFileSystemEntries(standsIn).ShouldBeEmpty();
        await worker.DisposeAsync();
        Directory.Exists(standsIn).ShouldBeFalse();
        Directory.Exists($"/proc/{worker.Id}").ShouldBeFalse();
    }

    [Fact]
    public async Task A_model_that_never_answers_is_stopped_and_says_which_limit_it_was()
    {
        using var folder = ModelFolders.With(OnnxModels.Hanging());
        await using var worker = (await Start(folder)).Value;
        var id = worker.Id;
        var clock = Stopwatch.StartNew();
        var answer = await worker.Score([Number(1)], TimeSpan.FromSeconds(1), Ct);
        answer.Refusal!.Code.ShouldBe("limit-time");
        answer.Refusal.Mend!.ShouldContain("timeout_ms");
        worker.Ended.ShouldBeTrue();
        Directory.Exists($"/proc/{id}").ShouldBeFalse();
        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task A_model_that_burns_processor_time_is_stopped_by_the_kernel()
    {
        using var folder = ModelFolders.With(OnnxModels.Hanging());
        await using var worker = (await Start(folder, Normal with { Cpu = TimeSpan.FromSeconds(1) })).Value;
        var answer = await worker.Score([Number(1)], Patient, Ct);
        answer.Refusal!.Code.ShouldBe("limit-cpu");
    }

    [Fact]
    public async Task A_model_that_eats_memory_is_refused_it_and_the_next_question_is_answered()
    {
        using var folder = ModelFolders.With(OnnxModels.MemoryEating());
        await using var worker = (await Start(folder)).Value;
        var answer = await worker.Score([Number(20)], Patient, Ct); // 20 × 2²⁸ floats are 20 GiB
        answer.Refusal!.Code.ShouldBe("limit-memory");
        (await worker.Score([Number(0.001f)], Patient, Ct)).Value[0].Number(0).ShouldBe(0.001, 1e-6);
    }

    [Fact]
    public async Task A_process_that_dies_in_the_middle_says_of_what()
    {
        using var folder = ModelFolders.With(OnnxModels.Hanging());
        await using var worker = (await Start(folder)).Value;
        var question = worker.Score([Number(1)], Patient, Ct);
        kill(worker.Id, 31).ShouldBe(0); // SIGSYS: .NET leaves it to the kernel, as it does a fault inside native code
        var refusal = (await question).Refusal!;
        refusal.Code.ShouldBe("model-crashed");
        refusal.Message.ShouldContain("signal 31");
        (await worker.Score([Number(1)], Patient, Ct)).Ok.ShouldBeFalse();
    }

    [Theory]
    [InlineData("this is no protobuf at all, but it is long enough to look like one")]
    [InlineData("")]
    [InlineData("\n\n\n")]
    public async Task A_file_that_is_no_model_is_named_as_such(string bytes)
    {
        using var folder = ModelFolders.With(System.Text.Encoding.UTF8.GetBytes(bytes));
        (await Start(folder)).Refusal!.Code.ShouldBe("model-unreadable");
    }

    [Fact]
    public async Task A_model_cut_in_half_does_not_load()
    {
        var whole = OnnxModels.Logistic([1, 2, 3], 0);
        using var folder = ModelFolders.With(whole[..(whole.Length / 2)]);
        (await Start(folder)).Refusal!.Code.ShouldBeOneOf("model-unreadable", "model-does-not-load");
    }

    [Fact]
    public async Task A_model_of_an_unknown_operator_says_what_the_runtime_said()
    {
        using var folder = ModelFolders.With(new OnnxBuilder().Input("x", OnnxBuilder.Float, 1).Output("y", OnnxBuilder.Float, 1).Node("Levitate", ["x"], ["y"]).Build());
        var refusal = (await Start(folder)).Refusal!;
        refusal.Code.ShouldBe("model-does-not-load");
        refusal.Message.ShouldContain("Levitate");
    }

    [Fact]
    public async Task Weights_beside_the_model_are_read()
    {
        using var folder = ModelFolders.With(OnnxModels.WeightsIn("weights.bin"));
        File.WriteAllBytes(Path.Combine(folder.Model, "weights.bin"), BitConverter.GetBytes(3f));
        await using var worker = (await Start(folder)).Value;
        (await worker.Score([Number(2)], Patient, Ct)).Value[0].Number(0).ShouldBe(6);
    }

    [Theory]
    [InlineData("../secret.bin")]
    [InlineData("/etc/hostname")]
    [InlineData("sub/../../secret.bin")]
    [InlineData("link.bin")]
    [InlineData("folder/secret.bin")]
    public async Task Weights_outside_the_folder_are_refused_before_they_are_opened(string location)
    {
        using var folder = ModelFolders.With(OnnxModels.WeightsIn(location));
        File.WriteAllBytes(Path.Combine(folder.Root, "secret.bin"), BitConverter.GetBytes(3f));
        Directory.CreateDirectory(Path.Combine(folder.Model, "sub"));
        File.CreateSymbolicLink(Path.Combine(folder.Model, "link.bin"), "../secret.bin");
        Directory.CreateSymbolicLink(Path.Combine(folder.Model, "folder"), folder.Root);
        var refusal = (await Start(folder)).Refusal!;
        refusal.Code.ShouldBe("external-data-outside");
        refusal.Message.ShouldContain(location);
    }

    [Fact]
    public async Task A_program_that_cannot_be_started_is_named()
    {
        using var folder = ModelFolders.With(OnnxModels.Logistic([1], 0));
        var model = ModelFolder.Open(folder.Model).Value;
        (await ScoreProcess.Start(model, Normal, WorkerProgram.At("/nowhere/assay"), Ct)).Refusal!.Code.ShouldBe("worker-does-not-start");
        (await ScoreProcess.Start(model, Normal, WorkerProgram.At("/bin/false"), Ct)).Refusal!.Message.ShouldContain("exit code 1");
    }

    [Theory]
    [InlineData(OnnxBuilder.Float)]
    [InlineData(OnnxBuilder.Double)]
    [InlineData(OnnxBuilder.Long)]
    [InlineData(OnnxBuilder.Bool)]
    [InlineData(OnnxBuilder.Text)]
    [InlineData(10)]
    [InlineData(2)]
    public async Task Every_kind_of_tensor_travels_unchanged(int kind)
    {
        using var folder = ModelFolders.With(OnnxModels.Echo(kind));
        await using var worker = (await Start(folder)).Value;
        var sent = ((TensorKind)kind).Allocate(3);
        object[] values = (TensorKind)kind switch
        {
            TensorKind.Text => ["", "ä \0 x", "b"],
            TensorKind.Bool => [true, false, true],
            TensorKind.Int64 => [long.MinValue, 0L, long.MaxValue],
            TensorKind.UInt8 => [(byte)0, (byte)1, (byte)255],
            TensorKind.Half => [Half.NaN, (Half)0.5, Half.NegativeInfinity],
            TensorKind.Double => [double.NaN, -0.0, double.Epsilon],
            _ => [float.NaN, float.NegativeInfinity, -1.5f],
        };
        for (var i = 0; i < values.Length; i++)
            sent.SetValue(values[i], i);
        var answer = (await worker.Score([new("input", (TensorKind)kind, [3, 1], sent)], Patient, Ct)).Value.ShouldHaveSingleItem();
        answer.Shape.ShouldBe([3, 1]);
        answer.Data.Cast<object>().ShouldBe(values);
    }

    [Fact]
    public async Task A_map_keeps_its_whole_numbers_as_classes()
    {
        using var folder = ModelFolders.With(OnnxModels.ZipMapOfNumbers());
        await using var worker = (await Start(folder)).Value;
        var answer = (await worker.Score([new("input", TensorKind.Float, [2, 1], new[] { 0.25f, 1f })], Patient, Ct)).Value.ShouldHaveSingleItem();
        answer.Classes.ShouldBe(["3", "7"]);
        answer.Data.ShouldBe(new[] { 0.75f, 0.25f, 0, 1 });
    }

    [Fact]
    public async Task A_sequence_of_tensors_becomes_outputs_with_numbers()
    {
        using var folder = ModelFolders.With(OnnxModels.SequenceOfTensors());
        await using var worker = (await Start(folder)).Value;
        var answer = (await worker.Score([new("input", TensorKind.Float, [2, 1], new[] { 0.25f, 1f })], Patient, Ct)).Value;
        answer.Select(t => t.Name).ShouldBe(["probabilities[0]", "probabilities[1]"]);
        answer[1].Data.ShouldBe(new[] { 0.75f, 0f });
    }

    [DllImport("libc")]
    static extern int kill(int process, int signal);
}
