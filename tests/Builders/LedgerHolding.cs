using Assay.Server.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Tests.Builders;

/// <summary>What a ledger says of something.</summary>
static class LedgerHolding
{
    /// <summary>The bodies of all entries of the ledger that hold this text, a line each.</summary>
    public static async Task<string> Ledger(this TestServer server, string holding)
    {
        List<string> found = [];
        await server.Services.GetRequiredService<Store>().Visit("SELECT body FROM ledger_entry", [], row =>
        {
            var text = System.Text.Encoding.UTF8.GetString(row.Bytes(0));
            if (text.Contains(holding, StringComparison.Ordinal))
                found.Add(text);
            return true;
        }, TestContext.Current.CancellationToken);
        return string.Join('\n', found);
    }
}
