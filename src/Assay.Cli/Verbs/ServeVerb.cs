using System.CommandLine;
using System.Text.Json.Nodes;
using Assay.Cli.Serving;
using Assay.Cli.Surface;

namespace Assay.Cli.Verbs;

/// <summary>Serves a pulled model and says which digest it serves (interfaces §9).</summary>
internal static class ServeVerb
{
    public static Verb Build()
    {
        var folder = new Argument<string>("dir") { Description = "A folder that assay pull wrote.", HelpName = "DIR" };
        var listen = new Option<string>("--listen") { Description = "Where to listen; port 0 takes any free one.", HelpName = "URL", DefaultValueFactory = _ => "http://127.0.0.1:5090" };
        var model = new Option<string?>("--model") { Description = "The model that the folder must hold.", HelpName = "NAME" };
        return new Verb("serve", "Serves a pulled model: MLflow's POST /invocations, GET /ping, /health, /version, and GET /assay/digest, which hashes the files again and says what is served. Altered files are not served: exit 1.",
            "assay serve ./model",
            "assay serve ./model --listen http://0.0.0.0:8080 --model fraud",
            """curl -s http://127.0.0.1:5090/invocations -H 'Content-Type: application/json' -d '{"dataframe_split":{"columns":["age"],"data":[[40]]}}'""")
        { folder, listen, model }.Runs((call, ct) => Run(call, new(call.Require(folder)) { Listen = call.Require(listen), Model = call.Get(model) }, ct));
    }

    static async Task<int> Run(Call call, ServeOptions options, CancellationToken ct)
    {
        var started = await ModelServer.Start(options, TimeProvider.System, ct);
        if (started.Refusal is { } refusal)
        {
            call.Out.Refusal(refusal);
            return refusal.Code is "files-altered" or "other-model" ? ExitCode.Negative : ExitCode.Error;
        }
        await using var server = started.Value;
        call.Out.Line($"Assay serves {server.Folder.Model}@{server.Folder.Digest} on {server.Address}");
        call.Out.Document(new JsonObject { ["model"] = server.Folder.Model, ["digest"] = server.Folder.Digest.ToString(), ["url"] = server.Address });
        await server.Wait(ct);
        return ExitCode.Done;
    }
}
