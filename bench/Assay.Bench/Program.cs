using Assay.Bench;

// Drives a server that speaks MLflow's protocol, and takes the limits of the machine in the same run: bench/run starts everything.
if (args.Length < 1 || !Uri.TryCreate(args[0], UriKind.Absolute, out var url))
{
    Console.Error.WriteLine("usage: assay-bench URL [--sqlite FILE | --postgres CONNECTION] [--rounds N] [--seconds S]   (the database is one that a server has migrated and left)");
    return 2;
}
var options = BenchOptions.Read(args[1..]);
using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 64 }) { BaseAddress = url, Timeout = TimeSpan.FromMinutes(5) };
var wire = new Wire(http);
using var raw = RawInsert.Open(options);
var report = new Report();
for (var round = 0; round < options.Rounds; round++)
{
    // Interleaved, so that a machine whose speed drifts treats all alike.
    report.Add("log-metric, 1 client", "calls/s", await LogMetric.Measure(wire, clients: 1, options.Seconds));
    report.Add("log-metric, 8 clients", "calls/s", await LogMetric.Measure(wire, clients: 8, options.Seconds));
    report.Add("log-batch of 1000, 1 client", "metrics/s", await LogBatch.Measure(wire, options.Seconds));
    report.Add("raw insert of 1000, same table", "metrics/s", await raw.Measure(options.Seconds));
    report.Add("artifact up, 64 MB", "MB/s", await Artifacts.Upload(wire));
    report.Add("artifact down, 64 MB", "MB/s", await Artifacts.Download(wire));
    report.Add("copy with sha256 and fsync, 64 MB", "MB/s", await Artifacts.CopyWithHash());
}
report.Ratio("log-batch / raw insert", "log-batch of 1000, 1 client", "raw insert of 1000, same table");
report.Ratio("artifact up / copy with sha256", "artifact up, 64 MB", "copy with sha256 and fsync, 64 MB");
report.Ratio("artifact down / copy with sha256", "artifact down, 64 MB", "copy with sha256 and fsync, 64 MB");
report.Print(raw.Name);
return 0;
