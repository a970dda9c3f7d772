using System.CommandLine;
using System.Text.Json.Nodes;
using Assay.Cli.Surface;
using Assay.Client.Api;
using Assay.Server.Access.Policy;

namespace Assay.Cli.Verbs;

/// <summary>Who may do what: the access policy, as a governed document with a difference to look at first.</summary>
internal static class AccessVerb
{
    public static Verb Build()
    {
        var verb = new DocumentVerbs("access", "AccessPolicy", "access", "Who may do what: issuers, CI jobs, agents, people, and which models only CI may push.", "access.yaml", (text, file) => AccessDocument.Read(text, file) is { Ok: false } read ? read.Refusal : null).Build();
        verb.Add(Diff());
        return verb;
    }

    static Verb Diff()
    {
        var file = new Argument<string>("file") { Description = "A YAML file.", HelpName = "FILE" };
        var exit = new Option<bool>("--exit-code") { Description = "Exit 1 when it would change something." };
        return new Verb("diff", "Says what applying an access policy would change, a line each; changes nothing.", "assay access diff access.yaml") { file, exit }.Runs(async (call, ct) =>
        {
            var answer = await call.Api.PostYaml("access/check", await Arguments.ReadFile(call.Require(file), "document", ct), ct);
            call.Out.Document(answer);
            foreach (var line in answer.Texts("differences") ?? [])
                call.Out.Line(line);
            var changes = answer.Truth("changed");
            if (!changes)
                call.Out.Line("The very same is in force.");
            return changes && call.Get(exit) ? ExitCode.Negative : ExitCode.Done;
        });
    }
}
