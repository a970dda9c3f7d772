using Assay.Bench;
using Assay.Bench.Coverage;
using Assay.Bench.Evaluations;

// Drives a server that speaks MLflow's protocol, and takes the limits of the machine in the same run: bench/run starts everything.
const string Usage = """
    usage: assay-bench VERB [URL] OPTIONS
      writes URL     log-metric, log-batch, life cycle, register      [--sqlite FILE | --postgres CONNECTION] [--rounds N] [--seconds S] [--only TEXT]
      files URL      artifacts up and down                            [--rounds N] [--process PID] [--only "64 MB"]
      bucket URL     the same with bytes in S3 (ASSAY_TEST_S3, as tests/s3 up prints it)   [--rounds N] [--process PID]
      histories URL  histories of 100 000 and 1 000 000 points        [--rounds N] [--process PID]
      search URL     searches over what was seeded                    [--rounds N] [--seconds S] [--size TEXT] [--only TEXT]
      ledger         a ledger of --runs N entries, in a server inside this process: appending while serving, proofs, verification (--sqlite FILE | --postgres CONNECTION)   [--seconds S]
      audit -- COMMAND…                                               how long `COMMAND` (assay ledger verify and the like) takes, and its memory
      evaluate ASSAY an evaluation of --runs N rows beside a pass that reads and scores them; ASSAY is the program whose workers score   [--rounds N]
      slices         weak slices over --runs N rows, beside hash tables   [--rounds N]
      starts -- COMMAND…                                              start to healthy and idle memory
      coverage       how often each interval holds the truth, over --runs N data sets a line   [--only TEXT]
      seed           runs written straight into a stopped server's database: --runs N (--sqlite FILE | --postgres CONNECTION)
      bare           the ASP.NET application that others are compared with
    The database is one that a server has migrated and left.
    """;
if (args is ["bare"])
{
    await BareServer.Run();
    return 0;
}
if (args is ["coverage", .. var covering])
{
    CoverageReport.Print(BenchOptions.Read(covering));
    return 0;
}
if (args is ["seed", .. var seeding])
{
    Seed.Run(BenchOptions.Read(seeding));
    return 0;
}
if (args is ["ledger", .. var appending])
{
    var ledger = new Report();
    await LedgerLoad.Measure(ledger, BenchOptions.Read(appending));
    ledger.Print("ledger");
    return 0;
}
if (args is ["evaluate", var assay, .. var evaluating])
{
    var evaluations = new Report();
    await EvaluationLoad.Measure(evaluations, BenchOptions.Read(evaluating), assay);
    evaluations.Print("evaluate");
    return 0;
}
if (args is ["slices", .. var slicing])
{
    var slices = new Report();
    await WeakSlices.Measure(slices, BenchOptions.Read(slicing));
    slices.Print("slices");
    return 0;
}
if (args is ["audit", "--", .. { Length: > 0 } auditing])
{
    var audits = new Report();
    await Audit.Measure(audits, auditing);
    audits.Print("audit");
    return 0;
}
var report = new Report();
if (args is ["starts", "--", .. { Length: > 0 } command])
{
    await Starts.Measure(report, command, rounds: 7);
    report.Print("start");
    return 0;
}
if (args.Length < 2 || !Uri.TryCreate(args[1], UriKind.Absolute, out var url))
{
    Console.Error.WriteLine(Usage);
    return 2;
}
var options = BenchOptions.Read(args[2..]);
using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 64 }) { BaseAddress = url, Timeout = TimeSpan.FromMinutes(5) };
var wire = new Wire(http);
switch (args[0])
{
    case "writes":
        await new Writes(wire, report, options).Measure();
        break;
    case "files":
        await Files.Measure(wire, report, options);
        break;
    case "bucket":
        await BucketFiles.Measure(wire, report, options, Environment.GetEnvironmentVariable("ASSAY_TEST_S3") ?? throw new ArgumentException("ASSAY_TEST_S3 is not set"));
        break;
    case "histories":
        await History.Measure(wire, report, 100_000, options.Rounds, options.Process);
        await History.Measure(wire, report, 1_000_000, options.Rounds, options.Process);
        break;
    case "search":
        for (var round = 0; round < options.Rounds; round++)
            await Searches.Measure(wire, report, options);
        break;
    default:
        Console.Error.WriteLine(Usage);
        return 2;
}
report.Print($"{args[0]} {options.Size}".Trim());
return 0;
