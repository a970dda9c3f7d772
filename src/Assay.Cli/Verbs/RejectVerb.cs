using Assay.Cli.Surface;

namespace Assay.Cli.Verbs;

/// <summary>A person says no.</summary>
internal static class RejectVerb
{
    public static Verb Build()
    {
        var version = Arguments.Version();
        var environment = Arguments.Environment();
        var slot = Arguments.Slot();
        var reason = Arguments.Reason();
        return new Verb("reject", "Rejects the open request of a version for an environment, with a reason that stands in the ledger.",
            "assay reject fraud@sha256:4f2a… --env production --reason \"recall of new cards fell\"")
        { version, environment, slot, reason }.Runs((call, ct) => call.Answering(async () =>
        {
            var body = await RequestBody.Of(call, call.Require(version), call.Require(environment), call.Require(slot), ct);
            body["reason"] = call.Require(reason);
            var request = await call.Api.Post("promotions/rejections", body, ct);
            call.Out.Document(request);
            RequestText.Print(call.Out, request);
            return ExitCode.Done;
        }));
    }
}
