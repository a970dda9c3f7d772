using Assay.Server.Access.Policy;
using Assay.Server.Http;
using Assay.Server.Ledger;
using Assay.Server.Pages.Layout;
using Assay.Server.Pages.Parts;
using Assay.Server.Storage;
using Microsoft.AspNetCore.Http;

namespace Assay.Server.Pages.State;

/// <summary>The health of the registry itself.</summary>
/// <param name="Storage">Which database.</param>
/// <param name="Answers">Does it answer now?</param>
/// <param name="Problem">Why not.</param>
/// <param name="Head">The newest signed head of the ledger.</param>
/// <param name="Capture">Enforce or observe.</param>
/// <param name="Version">The program.</param>
/// <param name="Identity">Local mode, or which access policy is in force.</param>
public sealed record StateView(string Storage, bool Answers, string? Problem, StoredHead? Head, string Capture, string Version, string Identity)
{
    /// <summary>The whole in one mark.</summary>
    public Standing Standing => Answers ? Standing.Passed.As("ready") : Standing.Failed.As("not ready");
}

internal static class StatePages
{
    internal static async Task<IResult> Show(Store store, LedgerReader ledger, ServerOptions options, AccessBook book, CancellationToken ct)
    {
        var capture = options.Capture.ToString().ToLowerInvariant();
        var identity = book.Current is { } policy ? $"access policy {policy.Name} ({policy.Digest.Short})" : "local mode: one unverified principal, loopback only";
        try
        {
            return Drawn.As<StatePage>(new StateView(store.Description, true, null, await ledger.Head(ct), capture, ProgramVersion.Text, identity));
        }
        catch (StoreUnavailableException gone)
        {
            return Drawn.As<StatePage>(new StateView(store.Description, false, gone.Message, null, capture, ProgramVersion.Text, identity), StatusCodes.Status503ServiceUnavailable);
        }
    }
}
