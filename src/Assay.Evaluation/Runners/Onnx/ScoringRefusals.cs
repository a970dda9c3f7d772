using Assay.Contracts;

namespace Assay.Evaluation.Runners.Onnx;

/// <summary>Every reason why scoring ended without an answer.</summary>
internal static class ScoringRefusals
{
    const string Raise = "Make the model smaller or its input shorter, or raise the limit";

    public static Refusal NoProgram() => new(RefusalKind.Unavailable, "worker-missing",
        "The assay program that scores models in a process of its own was not found.", "Run this from assay itself, or name the program in the options.");

    public static Refusal DoesNotStart(string program, string why) => new(RefusalKind.Unavailable, "worker-does-not-start",
        $"{program} does not start as a scoring process: {why}.", "Run it by hand to see why; it must be allowed to start and find .NET.");

    public static Refusal Memory() => new(RefusalKind.Invalid, "limit-memory",
        "The model wanted more memory than its limit (address space).", $"{Raise} (address space).");

    public static Refusal Cpu(TimeSpan limit) => new(RefusalKind.Invalid, "limit-cpu",
        $"The model used more than its {limit.TotalSeconds:0.#} s of processor time.", $"{Raise} (processor time).");

    public static Refusal Load(TimeSpan limit) => new(RefusalKind.Invalid, "limit-load-time",
        $"The model was not loaded within {limit.TotalSeconds:0.#} s and was stopped.", $"{Raise} (load time).");

    public static Refusal Call(TimeSpan limit) => new(RefusalKind.Invalid, "limit-time",
        $"The model gave no answer within {limit.TotalSeconds:0.###} s and was stopped.", $"{Raise} (timeout_ms in the suite).");

    public static Refusal Wall(TimeSpan limit) => new(RefusalKind.Invalid, "limit-wall-time",
        $"Scoring took longer than its {limit.TotalSeconds:0.#} s and was stopped.", $"{Raise} (time for all scoring).");

    public static Refusal Crashed(string how, string said) => new(RefusalKind.Invalid, "model-crashed",
        $"The process that ran the model died ({how}){(said.Length > 0 ? $", saying: {said}" : "")}.", "Run the model under ONNX Runtime by hand; export it again with a released exporter.");

    public static Refusal Nonsense(string why) => new(RefusalKind.Invalid, "worker-nonsense",
        $"The process that ran the model gave an answer that cannot be read: {why}.", "Treat the model as hostile until it is understood.");

    public static Refusal GivenUp(Refusal last) => last with { Message = $"{last.Message} It was started again as often as allowed." };
}
