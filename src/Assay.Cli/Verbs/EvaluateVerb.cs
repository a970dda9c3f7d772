using System.CommandLine;
using Assay.Cli.Measuring;
using Assay.Cli.Surface;
using Assay.Evaluation.Runners;

namespace Assay.Cli.Verbs;

/// <summary>Measures a version and posts what was found as evidence.</summary>
internal static class EvaluateVerb
{
    public static Verb Build()
    {
        var version = Arguments.Version();
        var suite = Suites(required: true);
        var against = new Option<string?>("--against") { Description = "Compare on the same rows with the champion or another version.", HelpName = "champion|VERSION" };
        var folder = new Option<string?>("--out") { Description = "Write report.html, summary.md, results.json and junit.xml there.", HelpName = "DIR" };
        var summary = new Option<string?>("--summary") { Description = "Add a summary in Markdown to this file, as for a comment in CI; default: the file of $GITHUB_STEP_SUMMARY, where it is set.", HelpName = "FILE" };
        var endpoint = new Option<string?>("--endpoint") { Description = "Measure the model that is served there instead of the files; ASSAY_ENDPOINT_AUTHORIZATION is sent as its Authorization.", HelpName = "URL" };
        var protocol = new Option<string?>("--protocol") { Description = "What the endpoint speaks: MLflow's /invocations (default), or the Open Inference Protocol over HTTP or gRPC.", HelpName = "mlflow|v2|v2-grpc" };
        var endpointModel = new Option<string?>("--endpoint-model") { Description = "The model's name at the endpoint (v2), where it has another one there.", HelpName = "NAME" };
        return new Verb("evaluate", "Measures a version by suites of invariants or held-out data, in a limited child process, and posts the evidence. The registry then tries admission by itself. Exit 1 when an expectation fails, 2 when something could not be measured.",
            "assay evaluate fraud@sha256:4f2a… --suite evals/invariants.yaml --suite evals/heldout.yaml",
            "assay evaluate fraud/3 --suite evals/heldout.yaml --against champion --out report",
            "assay evaluate fraud/3 --suite evals/heldout.yaml --endpoint http://127.0.0.1:5090 --protocol v2")
        { version, suite, against, folder, summary, endpoint, protocol, endpointModel }.Runs(async (call, ct) =>
        {
            var (model, key) = await call.Resolve(call.Require(version), ct);
            var runner = Runner(call.Get(endpoint), call.Get(protocol), call.Get(endpointModel));
            return await new Measurement(call).Run(new(model, key, call.Require(suite), call.Get(against), call.Get(folder), call.Get(summary) ?? StepSummary()) { Runner = runner }, ct);
        });
    }

    static RunnerChoice Runner(string? endpoint, string? protocol, string? model)
    {
        if (endpoint is null)
            return protocol is null && model is null ? RunnerChoice.Onnx : throw new WrongUseException("--protocol and --endpoint-model say how to ask an endpoint, and none is given.", "Give --endpoint URL, or leave them out.", "endpoint");
        var choice = RunnerChoice.At(endpoint, protocol, model, Environment.GetEnvironmentVariable("ASSAY_ENDPOINT_AUTHORIZATION"));
        return choice.Refusal is { } refusal ? throw new WrongUseException(refusal.Message, refusal.Mend, refusal.Field) : choice.Value;
    }

    /// <summary>Where GitHub's runner shows what a step has to say; null elsewhere.</summary>
    static string? StepSummary() => Environment.GetEnvironmentVariable("GITHUB_STEP_SUMMARY") is { Length: > 0 } file ? file : null;

    /// <summary>The suites to measure with; several after one flag, or the flag again.</summary>
    public static Option<string[]> Suites(bool required) => new("--suite") { Description = "A suite (kind: InvariantSuite or EvaluationSuite); repeatable.", HelpName = "FILE", Required = required, AllowMultipleArgumentsPerToken = true };
}
