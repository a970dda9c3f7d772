using System.Text;
using Assay.Client.Verification;

namespace Assay.Client.Ledger;

/// <summary>Writes a registry's ledger into one file, verifying it on the way. The file appears whole or not at all.</summary>
public static class LedgerExport
{
    /// <summary>Exports; with findings in the report nothing was written.</summary>
    public static async Task<LedgerAuditReport> Write(ILedgerSource source, Trust trust, string file, CancellationToken ct)
    {
        var beside = $"{file}.{Guid.NewGuid():N}.part";
        try
        {
            LedgerAuditReport report;
            await using (var stream = new FileStream(beside, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 1 << 18, Options = FileOptions.Asynchronous }))
            {
                await stream.WriteAsync(Encoding.UTF8.GetBytes(ExportedLedger.Header(source.Note, trust, source.From, source.Before).ToJsonString() + "\n"), ct);
                var broken = 0;
                report = await LedgerAudit.Run(source, trust, null, async entry =>
                {
                    broken += entry.Contains((byte)'\n') ? 1 : 0;
                    await stream.WriteAsync(entry, ct);
                    stream.WriteByte((byte)'\n');
                }, ct);
                if (broken > 0)
                    report = report with { Findings = [.. report.Findings, $"{broken} entries hold a line break, which canonical JSON does not"] };
                stream.Flush(flushToDisk: true);
            }
            if (report.Findings.Count == 0)
                File.Move(beside, file, overwrite: true);
            return report;
        }
        finally
        {
            File.Delete(beside);
        }
    }
}
