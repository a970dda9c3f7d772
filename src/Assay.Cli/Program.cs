using Assay.Server;
using Assay.Server.Storage;
using Microsoft.Extensions.Logging;

// Only until the verbs are here.
try
{
    await using var server = await RunningServer.Start(new ServerOptions { Listen = [args[1]], Data = args[3] }, TimeProvider.System, LogLevel.Information, default);
    Console.WriteLine($"Assay is listening on {server.Addresses[0]}");
    await server.Wait(default);
    return 0;
}
catch (StartRefusedException e)
{
    Console.Error.WriteLine(e.Message);
    return 2;
}
