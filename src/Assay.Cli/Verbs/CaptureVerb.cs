using System.CommandLine;
using Assay.Cli.Surface;
using Assay.Client.Api;

namespace Assay.Cli.Verbs;

/// <summary>What a run lacks, without doing anything.</summary>
internal static class CaptureVerb
{
    public static Verb Build()
    {
        var run = new Option<string>("--run") { Description = "The run's id.", HelpName = "ID", Required = true };
        var model = new Option<string?>("--model") { Description = "The model that it is to become a version of.", HelpName = "M" };
        var profile = new Option<string?>("--profile") { Description = "Check against this profile instead of the one in force.", HelpName = "FILE" };
        var check = new Verb("check", "Lists what a run lacks to become a version. Changes nothing. Exit 0 when it is complete, 1 with every gap.",
            "assay capture check --run $RUN_ID --model fraud",
            "assay capture check --run $RUN_ID --profile profiles/fraud.yaml")
        { run, model, profile }.Runs((call, ct) => Check(call, call.Require(run), call.Get(model), call.Get(profile), ct));
        return new Verb("capture", "What a run must have logged.") { check };
    }

    static async Task<int> Check(Call call, string run, string? model, string? profile, CancellationToken ct)
    {
        var path = ApiPath.Of("runs", run, "capture").With(("model", model));
        var answer = profile is null ? await call.Api.Get(path, ct) : await call.Api.PostYaml(path, await Arguments.ReadFile(profile, "profile", ct), ct);
        call.Out.Document(answer);
        var gaps = answer.Maps("gaps");
        call.Out.Line(gaps.Count == 0 ? $"Run {run} is complete for the profile {answer.Text("profile")}." : $"Run {run} lacks {gaps.Count} item{(gaps.Count == 1 ? "" : "s")} of the profile {answer.Text("profile")}:");
        foreach (var gap in gaps)
            call.Out.Line($"  {gap.Text("item")}: wanted {gap.Text("wanted")}, found {gap.Text("found")}\n    {gap.Text("mend")}");
        foreach (var item in answer.Maps("items").Where(i => !i.Truth("required") && !i.Truth("present")))
            call.Out.Line($"  {item.Text("item")} is optional and not there.");
        return gaps.Count == 0 ? ExitCode.Done : ExitCode.Negative;
    }
}
