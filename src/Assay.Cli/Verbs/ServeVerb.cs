using System.CommandLine;
using System.Text.Json.Nodes;
using Assay.Cli.Serving;
using Assay.Cli.Surface;
using Assay.Client.Api;
using Assay.Client.Pulling;
using Assay.Contracts;

namespace Assay.Cli.Verbs;

/// <summary>Serves a pulled folder or a version and says which digest it serves (interfaces §9).</summary>
internal static class ServeVerb
{
    public static Verb Build()
    {
        var what = new Argument<string>("what") { Description = "A folder that assay pull wrote, or a version: it is pulled once and kept.", HelpName = "DIR|VERSION" };
        var listen = new Option<string>("--listen") { Description = "Where to listen; port 0 takes any free one.", HelpName = "URL", DefaultValueFactory = _ => "http://127.0.0.1:5090" };
        var grpc = new Option<string?>("--grpc") { Description = "Where to answer the Open Inference Protocol over gRPC; port 0 takes any free one.", HelpName = "URL" };
        var model = new Option<string?>("--model") { Description = "The model that it must be.", HelpName = "NAME" };
        return new Verb("serve", "Serves a pulled folder or a version: MLflow's POST /invocations, GET /ping, /health, /version, the Open Inference Protocol (KServe v2) under /v2, and GET /assay/digest, which hashes the files again and says what is served. Altered files are not served: exit 1.",
            "assay serve ./model",
            "assay serve fraud/3",
            "assay serve ./model --listen http://0.0.0.0:8080 --model fraud",
            """curl -s http://127.0.0.1:5090/invocations -H 'Content-Type: application/json' -d '{"dataframe_split":{"columns":["age"],"data":[[40]]}}'""")
        { what, listen, grpc, model }.Runs(async (call, ct) => await Folder(call, call.Require(what), ct) is not { } folder ? ExitCode.Negative : await Run(call, new(folder) { Listen = call.Require(listen), Grpc = call.Get(grpc), Model = call.Get(model) }, ct));
    }

    /// <summary>A folder of that name wins; else it is a version. Null when what the registry sent is not what its digest says.</summary>
    static async Task<string?> Folder(Call call, string what, CancellationToken ct)
    {
        if (Directory.Exists(what) || VersionName.Parse(what) is null)
            return what;
        try
        {
            return await ServedVersions.Folder(call, what, ct);
        }
        catch (DamagedDownloadException e)
        {
            call.Out.Refusal(new(RefusalKind.Invalid, "damaged-download", e.Message));
            return null;
        }
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
        var grpc = server.GrpcAddress is { } address ? $", gRPC on {address}" : "";
        call.Out.Line($"Assay serves {server.Folder.Model}@{server.Folder.Digest} on {server.Address}{grpc}");
        var document = new JsonObject { ["model"] = server.Folder.Model, ["digest"] = server.Folder.Digest.ToString(), ["url"] = server.Address };
        if (server.GrpcAddress is not null)
            document["grpc"] = server.GrpcAddress;
        call.Out.Document(document);
        await server.Wait(ct);
        return ExitCode.Done;
    }
}
