using System.Text.Json.Nodes;
using Assay.Cli.Settings;
using Assay.Cli.Surface;
using Assay.Server;
using Assay.Server.Storage;
using Microsoft.Extensions.Logging;

namespace Assay.Cli.Verbs;

/// <summary>Runs the registry's server (interfaces §1).</summary>
internal static class ServerVerb
{
    public static Verb Build()
    {
        var verb = new Verb("server", "Runs the registry: MLflow's API, Assay's API and the pages. A flag beats the environment, which beats the configuration file.",
            "assay server",
            "assay server --listen http://127.0.0.1:5001 --data /var/lib/assay",
            "assay server --database postgresql://assay@db.example/assay --config /etc/assay.yaml");
        foreach (var flag in ServerFlags.All)
            verb.Add(flag);
        return verb.Runs((call, ct) => Run(call, ServerSettings.Read(call), ct));
    }

    static async Task<int> Run(Call call, ServerOptions options, CancellationToken ct)
    {
        RunningServer server;
        try
        {
            server = await RunningServer.Start(options, TimeProvider.System, LogLevel.Information, ct);
        }
        catch (StartRefusedException e)
        {
            throw new WrongUseException(e.Message);
        }
        await using (server)
        {
            var addresses = string.Join(", ", server.Addresses);
            foreach (var line in server.Uses)
                call.Out.Note(line);
            call.Out.Note($"pages      {server.Addresses[0]}/");
            call.Out.Line($"Assay is listening on {addresses}");
            call.Out.Document(new JsonObject { ["listening"] = new JsonArray([.. server.Addresses.Select(a => JsonValue.Create(a))]) });
            await server.Wait(ct);
        }
        return ExitCode.Done;
    }
}
