using System.CommandLine;
using Assay.Cli.Surface;
using Assay.Client.Api;

namespace Assay.Cli.Verbs;

/// <summary>Lists promotion requests.</summary>
internal static class PromotionsVerb
{
    public static Verb Build()
    {
        var model = new Argument<string?>("model") { Description = "Only of this model.", HelpName = "MODEL", Arity = ArgumentArity.ZeroOrOne };
        var environment = new Option<string?>("--env", "-e") { Description = "Only for this environment.", HelpName = "ENV" };
        var waiting = new Option<bool>("--waiting") { Description = "Only those that wait for me." };
        return new Verb("promotions", "Lists promotion requests, the newest first.", "assay promotions fraud --env production", "assay promotions --waiting")
        { model, environment, waiting }.Runs(async (call, ct) =>
        {
            var answer = await call.Api.Get("promotions".With(("model", call.Get(model)), ("environment", call.Get(environment)), ("waiting", call.Get(waiting) ? "true" : null)), ct);
            call.Out.Document(answer);
            var requests = answer.Maps("requests");
            if (requests.Count == 0)
                call.Out.Line(call.Get(waiting) ? "Nothing waits for you." : "There are no promotion requests.");
            foreach (var request in requests)
                RequestText.Print(call.Out, request);
            return ExitCode.Done;
        });
    }
}
