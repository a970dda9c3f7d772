namespace Assay.Bench;

/// <summary>One metric a call, each client with a run of its own; and the same calls to an endpoint that only parses them.</summary>
static class LogMetric
{
    public static Task<Figures> Closed(Wire wire, int clients, double seconds) => Load.Closed(wire.Url, clients, seconds, OwnRun(wire));

    public static Task<Figures> Open(Wire wire, int clients, double rate, double seconds) => Load.Open(wire.Url, clients, rate, seconds, OwnRun(wire));

    /// <summary>The limit: what a server could answer if storing cost nothing.</summary>
    public static Task<Figures> Bare(Uri bare, int clients, double seconds) => Load.Closed(bare, clients, seconds, (connection, client) =>
        Task.FromResult<Func<int, byte[]>>(n => connection.Request("POST", "/metric", Body(client.ToString("x32"), n))));

    static Func<KeepAlive, int, Task<Func<int, byte[]>>> OwnRun(Wire wire) => async (connection, _) =>
    {
        var run = (await wire.Run()).Id;
        return n => connection.Post("runs/log-metric", Body(run, n));
    };

    static string Body(string run, int n) => $$"""{"run_id": "{{run}}", "key": "loss", "value": {{n}}.25, "timestamp": {{1700000000000 + n}}, "step": {{n}}}""";
}
