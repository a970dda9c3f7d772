namespace Assay.Bench;

/// <summary>Files up and down in interleaved rounds, beside copies on the same disk; and the server's memory while a gigabyte passes.</summary>
static class Files
{
    public static async Task Measure(Wire wire, Report report, BenchOptions options)
    {
        var folder = Directory.CreateTempSubdirectory("assay-bench-files");
        try
        {
            foreach (var size in (int[])[1, 64, 1024])
            {
                var name = size == 1024 ? "1 GB" : $"{size} MB";
                if (!options.Wants(name))
                    continue;
                for (var round = 0; round < options.Rounds; round++)
                    await Round(wire, report, options, Path.Combine(folder.FullName, "source"), size, name);
                report.Ratio($"artifact up / copy with sha256 and fsync, {name}", $"artifact up, {name}", $"copy with sha256 and fsync, {name}");
                report.Ratio($"artifact down / copy with sha256, {name}", $"artifact down, {name}", $"copy with sha256, {name}");
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    static async Task Round(Wire wire, Report report, BenchOptions options, string source, int size, string name)
    {
        var path = $"/api/2.0/mlflow-artifacts/artifacts/{(await wire.Run()).Root}/file.bin";
        await new Megabytes(size).Save(source);
        await using var memory = new MemoryWatch(options.Process);
        report.Add($"artifact up, {name}", "MB/s", await Artifacts.Upload(wire, path, size));
        report.Add($"copy with sha256 and fsync, {name}", "MB/s", await Artifacts.Copy(source, sync: true));
        report.Add($"artifact down, {name}", "MB/s", await Artifacts.Download(wire, path, size));
        report.Add($"copy with sha256, {name}", "MB/s", await Artifacts.Copy(source, sync: false));
        if (await memory.Greatest() is { } most)
            report.Add($"greatest resident memory meanwhile, {name}", "MB", most);
    }
}
