using System.CommandLine;
using Assay.Cli.Surface;
using Assay.Client.Api;

namespace Assay.Cli.Verbs;

/// <summary>Where approved and live differ.</summary>
internal static class DriftVerb
{
    public static Verb Build()
    {
        var model = new Argument<string?>("model") { Description = "Only of this model.", HelpName = "MODEL", Arity = ArgumentArity.ZeroOrOne };
        var environment = new Option<string?>("--env", "-e") { Description = "Only in this environment.", HelpName = "ENV" };
        var exit = new Option<bool>("--exit-code") { Description = "Exit 1 if there is any finding." };
        return new Verb("drift", "Lists the differences between what is approved and what is live, each with age, owner and mend. What is within its grace is pending and not counted.",
            "assay drift fraud --env production --exit-code", "assay drift --json")
        { model, environment, exit }.Runs(async (call, ct) =>
        {
            var answer = await call.Api.Get("drift".With(("model", call.Get(model)), ("environment", call.Get(environment))), ct);
            call.Out.Document(answer);
            var findings = answer.Maps("findings");
            foreach (var finding in findings)
                FindingText.Print(call.Out, finding);
            foreach (var pending in answer.Maps("pending"))
                call.Out.Line($"pending  {pending.Text("kind")}: {pending.Text("message")}");
            if (findings.Count == 0)
                call.Out.Line(answer.Maps("pending").Count == 0 ? "No drift." : "No drift beyond what is pending.");
            foreach (var slot in answer.Maps("slots"))
                call.Out.Line($"  {slot.Text("model")} in {slot.Text("environment")}/{slot.Text("slot")}: {StatusWords.Of(slot.Text("status"))}");
            return call.Get(exit) && findings.Count > 0 ? ExitCode.Negative : ExitCode.Done;
        });
    }
}
