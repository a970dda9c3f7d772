using System.Text.RegularExpressions;
using Assay.Server.Storage;
using Assay.Tests.Builders;

namespace Assay.Tests.Wire.Http;

/// <summary>Servers in one process know nothing of each other, and leave nothing behind.</summary>
public sealed partial class SeveralInOneProcess(Servers servers)
{
    [Fact]
    public async Task A_server_counts_its_own_requests_only()
    {
        var (one, other) = (await servers.Fresh(Engine.Sqlite), await servers.Fresh(Engine.Sqlite));
        for (var i = 0; i < 5; i++)
            await one.Http.GetStringAsync("/livez");
        await Until.True(async () => Counted(await one.Http.GetStringAsync("/metrics")) == 5, "its own requests are counted");
        Counted(await other.Http.GetStringAsync("/metrics")).ShouldBe(0);
    }

    [Theory, BothEngines]
    public async Task A_server_that_stopped_is_forgotten(Engine engine)
    {
        var gone = await Lived(engine);
        await Until.True(() =>
        {
            GC.Collect();
            return Task.FromResult(!gone.IsAlive);
        }, "nothing holds a stopped server in memory");
    }

    async Task<WeakReference> Lived(Engine engine)
    {
        var server = await servers.Locked(engine, rateLimit: 100);
        (await (await server.As("ann", "viewers")).Api(HttpMethod.Get, "whoami")).Status.ShouldBe(System.Net.HttpStatusCode.OK);
        var services = new WeakReference(server.Services);
        await server.DisposeAsync();
        return services;
    }

    static long Counted(string metrics) => OfLiveness().Matches(metrics).Sum(m => long.Parse(m.Groups[1].ValueSpan, System.Globalization.CultureInfo.InvariantCulture));

    [GeneratedRegex("""^http_server_request_duration_seconds_count\{[^}]*http_route="/livez"[^}]*\} (\d+)""", RegexOptions.Multiline)]
    private static partial Regex OfLiveness();
}
