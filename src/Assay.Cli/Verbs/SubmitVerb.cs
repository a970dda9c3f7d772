using System.CommandLine;
using System.Text.Json.Nodes;
using Assay.Cli.Measuring;
using Assay.Cli.Surface;
using Assay.Client.Api;

namespace Assay.Cli.Verbs;

/// <summary>Makes a version of a finished run.</summary>
internal static class SubmitVerb
{
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public static Verb Build()
    {
        var run = new Option<string>("--run") { Description = "The run's id.", HelpName = "ID", Required = true };
        var model = new Option<string>("--model") { Description = "The model that it becomes a version of.", HelpName = "M", Required = true };
        var path = new Option<string?>("--path") { Description = "The model folder among the run's artifacts; found by itself when there is one.", HelpName = "P" };
        var suite = EvaluateVerb.Suites(required: false);
        var wait = Arguments.Wait("Wait until the version is admitted (exit 0) or rejected (1), else 3.");
        return new Verb("submit", "Checks that a run is complete, seals it and makes a candidate of it. Exit 1 with every gap and its mend.",
            "assay submit --run $RUN_ID --model fraud",
            "assay submit --run $RUN_ID --model fraud --suite evals/invariants.yaml --wait=5m",
            "assay submit --run $RUN_ID --model fraud --json")
        { run, model, path, suite, wait }.Runs((call, ct) =>
            Run(call, new JsonObject { ["run_id"] = call.Get(run), ["model"] = call.Get(model), ["path"] = call.Get(path) }, call.Get(suite) ?? [], call.Get(wait), ct));
    }

    static async Task<int> Run(Call call, JsonObject body, string[] suites, TimeSpan? wait, CancellationToken ct)
    {
        JsonNode version;
        try
        {
            version = await call.Api.Post("versions", body, ct);
        }
        catch (ApiRefusalException e) when (e.Refusal.Code == "incomplete-run")
        {
            call.Out.Refusal(e.Refusal, new JsonObject
            {
                ["model"] = body.Text("model"),
                ["version"] = null,
                ["digest"] = null,
                ["status"] = "rejected",
                ["gaps"] = e.Body["gaps"]?.DeepClone() ?? new JsonArray(),
                ["message"] = e.Refusal.Message,
            });
            return ExitCode.Negative;
        }
        if (suites.Length > 0 && await new Measurement(call).Run(new(version.Text("model")!, version.Text("digest")!, suites, null, null), ct) is var measured && (measured != ExitCode.Done || wait is null))
            return measured;
        if (wait is { } longest)
            version = await Decided(call, version, longest, ct);
        call.Out.Document(version);
        call.Out.Line($"{version.Text("model")}@{version.Text("digest")}");
        call.Out.Line($"{version.Text("model")}/{version.Whole("version")} is {version.Text("status")}{(version.Text("reason") is { Length: > 0 } reason ? $": {reason}" : "")}");
        if (version.Text("status") == "candidate" && suites.Length == 0)
            call.Out.Note($"Next: assay evaluate {version.Text("model")}@{version.Text("digest")} --suite FILE");
        return wait is null ? ExitCode.Done : version.Text("status") switch { "admitted" => ExitCode.Done, "rejected" => ExitCode.Negative, _ => ExitCode.Undecided };
    }

    static async Task<JsonNode> Decided(Call call, JsonNode version, TimeSpan longest, CancellationToken ct)
    {
        var path = ApiPath.Of("models", version.Text("model")!, "versions", version.Text("digest")!);
        var clock = TimeProvider.System;
        for (var began = clock.GetTimestamp(); version.Text("status") is "candidate" or "waiting" && clock.GetElapsedTime(began) < longest;)
        {
            await Task.Delay(Pause, clock, ct);
            version = await call.Api.Get(path, ct);
        }
        return version;
    }
}
