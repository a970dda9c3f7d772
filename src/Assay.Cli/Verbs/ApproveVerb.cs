using Assay.Cli.Surface;

namespace Assay.Cli.Verbs;

/// <summary>A person says yes.</summary>
internal static class ApproveVerb
{
    public static Verb Build()
    {
        var version = Arguments.Version();
        var environment = Arguments.Environment();
        var slot = Arguments.Slot();
        var comment = Arguments.Comment();
        return new Verb("approve", "Approves a version for an environment; the promotion takes effect when the approvals are complete. Without a passed verdict: exit 1, and only the attempt is recorded.",
            "assay approve fraud@sha256:4f2a… --env production --comment \"looked at the slices\"",
            "assay approve fraud/3 --env production --as ana:approver:model-risk")
        { version, environment, slot, comment }.Runs((call, ct) => call.Answering(async () =>
        {
            var body = await RequestBody.Of(call, call.Require(version), call.Require(environment), call.Require(slot), ct);
            body["comment"] = call.Get(comment);
            var request = await call.Api.Post("promotions/approvals", body, ct);
            call.Out.Document(request);
            RequestText.Print(call.Out, request);
            return Decisions.OfRequest(request);
        }));
    }
}
