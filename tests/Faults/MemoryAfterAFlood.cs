using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Assay.Server.Storage;
using Assay.Tests.Builders;

namespace Assay.Tests.Faults;

/// <summary>Many large bodies at once, sent to the real program: what it takes has a bound, and afterwards it is given back.</summary>
public sealed class MemoryAfterAFlood(Servers servers) : IDisposable
{
    const int Ten = 10 << 20, Clients = 64, Rounds = 3;

    /// <summary>Bytes of memory that the process may have had at most, and may still have afterwards.</summary>
    const long MostDuring = 900L << 20, MostAfter = 300L << 20;

    readonly string data = Directory.CreateTempSubdirectory("assay flood ").FullName;

    [Theory, BothEngines]
    public async Task Sixty_four_bodies_of_ten_megabytes_at_a_time_take_a_bounded_memory_and_leave_it(Engine engine)
    {
        await using var server = await ServerProcess.Start(data, engine is Engine.Postgres ? await servers.NewDatabase() : null);
        byte[][] bodies =
        [
            Filled("{\"unknown\":[1", ",1234567890", "]}"),
            Filled("{\"unknown\":\"", "x", "\"}"),
            Filled("{\"tags\":[{}", ",{\"key\":\"a key of some length\",\"value\":\"a\\n\"}", "]}"),
        ];
        for (var round = 0; round < Rounds; round++)
            await Task.WhenAll(Enumerable.Range(0, Clients).Select(i => Refused(server, bodies[i % bodies.Length])));
        Memory(server, "VmHWM").ShouldBeLessThan(MostDuring);
        await Until.True(async () => await server.Http.GetStringAsync("/health", TestContext.Current.CancellationToken) == "OK" && Memory(server, "VmRSS") < MostAfter, "the memory is given back");
    }

    static async Task Refused(ServerProcess server, byte[] body)
    {
        using var content = new ReadOnlyMemoryContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        using var answer = await server.Http.PostAsync("/api/2.0/mlflow/experiments/create", content, TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    static byte[] Filled(string start, string filling, string end) =>
        Encoding.ASCII.GetBytes(new StringBuilder(start, Ten + 100).Insert(start.Length, filling, (Ten - start.Length - end.Length) / filling.Length).Append(end).ToString());

    static long Memory(ServerProcess server, string what)
    {
        var line = File.ReadLines($"/proc/{server.Id}/status").First(l => l.StartsWith(what, StringComparison.Ordinal));
        return 1024 * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }

    public void Dispose() => Directory.Delete(data, recursive: true);
}
