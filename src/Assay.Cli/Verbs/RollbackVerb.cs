using System.CommandLine;
using System.Text.Json.Nodes;
using Assay.Cli.Surface;
using Assay.Client.Api;

namespace Assay.Cli.Verbs;

/// <summary>Back to what was good.</summary>
internal static class RollbackVerb
{
    public static Verb Build()
    {
        var model = Arguments.Model();
        var environment = Arguments.Environment();
        var slot = Arguments.Slot();
        var to = new Option<string?>("--to") { Description = "A version that was approved here before; else the last known good one.", HelpName = "VERSION" };
        var reason = Arguments.Reason();
        return new Verb("rollback", "Approves the last known good version again. CD then deploys it: assay pull.",
            "assay rollback fraud --env production --reason \"wrong scores since 02:10\"",
            "assay rollback fraud --env production --to fraud/2 --reason \"known to be good\"")
        { model, environment, slot, to, reason }.Runs((call, ct) => call.Answering(async () =>
        {
            var key = call.Get(to) is { } version ? (await call.Resolve(version, ct)).Key : null;
            var promotion = await call.Api.Post(ApiPath.Of("environments", call.Require(environment), "models", call.Require(model), "rollback"),
                new JsonObject { ["slot"] = call.Require(slot), ["to"] = key, ["reason"] = call.Require(reason) }, ct);
            call.Out.Document(promotion);
            call.Out.Line($"{promotion.Text("model")}@{promotion.Text("digest")} is the approved target of {promotion.Text("environment")}/{promotion.Text("slot")} again{(promotion.Text("replaces") is { } was ? $", in place of {Words.Short(was)}" : "")}.");
            call.Out.Note($"Approved is not live: deploy it with assay pull {promotion.Text("model")} --env {promotion.Text("environment")} --verify -o DIR, then look with assay why {promotion.Text("model")} --env {promotion.Text("environment")}.");
            return ExitCode.Done;
        }));
    }
}
