using System.Text.Json.Nodes;
using Assay.Cli.Surface;
using Assay.Client.Api;

namespace Assay.Cli.Verbs;

/// <summary>Who the registry takes me for.</summary>
internal static class WhoamiVerb
{
    static readonly string[] Named = ["experiments", "models", "tiers", "environments", "kinds"];

    public static Verb Build() => new Verb("whoami", "Says who the registry takes you for, and with which roles.", "assay whoami", "assay whoami --as ana:approver:model-risk").Runs(async (call, ct) =>
    {
        var answer = await call.Api.Get("whoami", ct);
        call.Out.Document(answer);
        call.Out.Line($"{answer.Text("principal")} ({answer.Text("kind")}, {(answer.Truth("verified") ? "verified" : "unverified identity")}){(answer.Texts("roles") is { Count: > 0 } roles ? $", roles: {string.Join(", ", roles)}" : "")} at {call.Api.Server}");
        if (answer.Text("credential") is { } credential)
            call.Out.Line($"  credential {credential}{(answer.Text("job") is { } job ? $", job {job}" : "")}");
        foreach (var grant in answer.Maps("grants"))
            call.Out.Line($"  {grant.Text("role")}{(grant.Truth("look_only") ? " (to look only)" : "")}: {About(grant)}");
        return ExitCode.Done;
    });

    static string About(JsonObject grant) =>
        string.Join(", ", Named.Where(n => grant.Texts(n) is { Count: > 0 }).Select(n => $"{n} {string.Join(" or ", grant.Texts(n)!)}")) is { Length: > 0 } text ? text : "for everything";
}
