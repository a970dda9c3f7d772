using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assay.Cli.Surface;
using Assay.Client.Api;

namespace Assay.Cli.Verbs;

/// <summary>CD says what it did.</summary>
internal static class ReportVerb
{
    public static Verb Build() => new Verb("report", "Tells the registry what CD did: a claim, kept apart from what is observed.")
    {
        Status("deployed", "A digest runs in a slot now."),
        Status("removed", "A digest was taken out of a slot."),
        Status("failed", "A digest could not be deployed; what ran before still runs."),
    };

    static Verb Status(string status, string description)
    {
        var model = new Option<string>("--model") { Description = "The model.", HelpName = "M", Required = true };
        var environment = Arguments.Environment();
        var slot = Arguments.Slot();
        var digest = new Option<string>("--digest") { Description = "The whole digest of the version.", HelpName = "D", Required = true };
        var share = new Option<double>("--share") { Description = "Its share of the traffic, 0 to 1.", DefaultValueFactory = _ => 1.0, HelpName = "X" };
        var url = new Option<string?>("--url") { Description = "Where the deployment can be looked at.", HelpName = "U" };
        var commit = new Option<string?>("--commit") { Description = "The commit of the deployment's configuration.", HelpName = "C" };
        var actor = new Option<string?>("--actor") { Description = "Who is behind it, as CD knows it.", HelpName = "WHO" };
        var routing = new Option<string?>("--routing") { Description = "The routing configuration, JSON.", HelpName = "FILE" };
        var serving = new Option<string?>("--serving") { Description = "The serving configuration, JSON.", HelpName = "FILE" };
        return new Verb(status, description, $"assay report {status} --model fraud --env production --slot primary --digest sha256:4f2a… --url https://ci/run/42")
        { model, environment, slot, digest, share, url, commit, actor, routing, serving }.Runs(async (call, ct) =>
        {
            var report = await call.Api.Post("deployments", new JsonObject
            {
                ["environment"] = call.Require(environment),
                ["model"] = call.Require(model),
                ["slot"] = call.Require(slot),
                ["digest"] = call.Require(digest),
                ["share"] = call.Get(share),
                ["status"] = status,
                ["url"] = call.Get(url),
                ["commit"] = call.Get(commit),
                ["actor"] = call.Get(actor),
                ["routing"] = await Configuration(call.Get(routing), "routing", ct),
                ["serving"] = await Configuration(call.Get(serving), "serving", ct),
            }, ct);
            call.Out.Document(report);
            call.Out.Line($"Reported {Words.Short(report.Text("digest"))} as {status} in {report.Text("environment")}/{report.Text("slot")} (report {report.Text("id")}). A report is a claim: assay drift compares it with what is approved and seen.");
            return ExitCode.Done;
        });
    }

    static async Task<JsonNode?> Configuration(string? file, string what, CancellationToken ct)
    {
        if (file is null)
            return null;
        try
        {
            return JsonNode.Parse(await Arguments.ReadFile(file, $"{what} configuration", ct)) as JsonObject ?? throw new WrongUseException($"--{what} {file} is no JSON object.", "Give a file with one JSON object.", what);
        }
        catch (JsonException e)
        {
            throw new WrongUseException($"--{what} {file} is no JSON: {e.Message}", "Give a file with one JSON object.", what);
        }
    }
}
