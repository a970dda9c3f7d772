using System.Text.Json.Nodes;
using Assay.Client.Api;
using Assay.Contracts;

namespace Assay.Cli.Surface;

/// <summary>From what the registry decided to exit codes, the same in every verb.</summary>
internal static class Decisions
{
    /// <summary>The exit code of a gate's verdict.</summary>
    public static int OfVerdict(string? verdict) => verdict switch
    {
        "passed" or "waived" => ExitCode.Done,
        "failed" => ExitCode.Negative,
        "inconclusive" => ExitCode.Undecided,
        _ => ExitCode.Error,
    };

    /// <summary>The exit code of a promotion request: approved, still waiting, or over.</summary>
    public static int OfRequest(JsonNode request) => request.Text("state") switch
    {
        "approved" => ExitCode.Done,
        "gathering" or "decided" => ExitCode.Undecided,
        _ => ExitCode.Negative,
    };

    /// <summary>A state of things that forbids it is a negative answer, not an error (interfaces §2).</summary>
    public static async Task<int> Answering(this Call call, Func<Task<int>> act)
    {
        try
        {
            return await act();
        }
        catch (ApiRefusalException e) when (e.Refusal.Kind is RefusalKind.Conflict)
        {
            call.Out.Refusal(e.Refusal, e.Body);
            return ExitCode.Negative;
        }
    }
}
