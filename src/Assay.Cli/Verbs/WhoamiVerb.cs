using Assay.Cli.Surface;
using Assay.Client.Api;

namespace Assay.Cli.Verbs;

/// <summary>Who the registry takes me for.</summary>
internal static class WhoamiVerb
{
    public static Verb Build() => new Verb("whoami", "Says who the registry takes you for, and with which roles.", "assay whoami", "assay whoami --as ana:approver:model-risk").Runs(async (call, ct) =>
    {
        var answer = await call.Api.Get("whoami", ct);
        call.Out.Document(answer);
        call.Out.Line($"{answer.Text("principal")} ({answer.Text("kind")}, {(answer.Truth("verified") ? "verified" : "unverified identity")}){(answer.Texts("roles") is { Count: > 0 } roles ? $", roles: {string.Join(", ", roles)}" : "")} at {call.Api.Server}");
        return ExitCode.Done;
    });
}
