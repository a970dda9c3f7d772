namespace Assay.Bench;

/// <summary>Bytes up and down in interleaved rounds.</summary>
static class Files
{
    public static async Task Measure(Wire wire, Report report, BenchOptions options)
    {
        for (var round = 0; round < options.Rounds; round++)
        {
            report.Add("artifact up, 64 MB", "MB/s", await Artifacts.Upload(wire));
            report.Add("artifact down, 64 MB", "MB/s", await Artifacts.Download(wire));
            report.Add("copy with sha256 and fsync, 64 MB", "MB/s", await Artifacts.CopyWithHash());
        }
        report.Ratio("artifact up / copy with sha256", "artifact up, 64 MB", "copy with sha256 and fsync, 64 MB");
        report.Ratio("artifact down / copy with sha256", "artifact down, 64 MB", "copy with sha256 and fsync, 64 MB");
    }
}
