using Assay.Cli.Surface;

namespace Assay.Cli.Verbs;

/// <summary>Opens a promotion request.</summary>
internal static class PromoteVerb
{
    public static Verb Build()
    {
        var version = Arguments.Version();
        var environment = Arguments.Environment();
        var slot = Arguments.Slot();
        var comment = Arguments.Comment();
        return new Verb("promote", "Opens a promotion request; takes effect at once when the verdict passed and no approval is needed. Exit 3 while it waits, and it names who for.",
            "assay promote fraud@sha256:4f2a… --env production --comment \"release 12\"")
        { version, environment, slot, comment }.Runs((call, ct) => call.Answering(async () =>
        {
            var body = await RequestBody.Of(call, call.Require(version), call.Require(environment), call.Require(slot), ct);
            body["comment"] = call.Get(comment);
            var request = await call.Api.Post("promotions", body, ct);
            call.Out.Document(request);
            RequestText.Print(call.Out, request);
            return Decisions.OfRequest(request);
        }));
    }
}
