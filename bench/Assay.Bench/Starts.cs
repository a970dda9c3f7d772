namespace Assay.Bench;

/// <summary>How long a server takes from its start to healthy and what it keeps in memory then, beside a bare ASP.NET application.</summary>
static class Starts
{
    public static async Task Measure(Report report, IReadOnlyList<string> command, int rounds)
    {
        for (var round = 0; round < rounds; round++)
        {
            await using (var bare = await Child.Bare())
            {
                report.Add("start to healthy, bare ASP.NET", "ms", bare.Milliseconds);
                report.Add("memory idle, bare ASP.NET", "MB", Memory.Resident(bare.Id)!.Value);
            }
            await using var server = await Child.Start(command);
            report.Add("start to healthy", "ms", server.Milliseconds);
            report.Add("memory idle", "MB", Memory.Resident(server.Id)!.Value);
        }
        report.Ratio("start / bare ASP.NET", "start to healthy", "start to healthy, bare ASP.NET");
    }
}
