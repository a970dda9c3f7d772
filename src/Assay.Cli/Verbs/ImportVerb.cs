using System.CommandLine;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Assay.Cli.Importing;
using Assay.Cli.Surface;
using Assay.Client;
using Assay.Contracts;

namespace Assay.Cli.Verbs;

/// <summary>Takes over what another server holds (interfaces §2).</summary>
internal static class ImportVerb
{
    public static Verb Build()
    {
        var url = new Argument<string>("url") { Description = "The MLflow server to read, 2.0 or newer.", HelpName = "URL" };
        var experiments = new Option<string[]>("--experiment") { Description = "Only the experiment of this name; repeatable.", HelpName = "NAME" };
        var models = new Option<string[]>("--model") { Description = "Only the registered model of this name; repeatable.", HelpName = "NAME" };
        var token = new Option<string?>("--source-token") { Description = "A bearer token for that server; else ASSAY_IMPORT_TOKEN, or user and password in the URL.", HelpName = "T" };
        var parallel = new Option<int>("--parallel") { Description = "How many runs at once, 1 to 32.", HelpName = "N", DefaultValueFactory = _ => 4 };
        var mlflow = new Verb("mlflow", "Takes over the runs, metrics, files, logged models, registered models, versions, aliases and stages of an MLflow server. Runs keep their ids, versions their numbers. Versions arrive as 'imported': readable, never admitted. Cut off, it goes on where it stood when it is started again. Exit 1 when something was left out.",
            "assay import mlflow http://mlflow.example:5000",
            "assay import mlflow https://user:password@mlflow.example --experiment fraud --model fraud",
            "assay import mlflow http://mlflow.example:5000 --json")
        { url, experiments, models, token, parallel }.Runs((call, ct) =>
            Run(call, call.Require(url), call.Get(token), new(call.Get(experiments) ?? [], call.Get(models) ?? [], Math.Clamp(call.Require(parallel), 1, 32)), ct));
        return new Verb("import", "Takes over what another server holds.", "assay import mlflow http://mlflow.example:5000") { mlflow };
    }

    static async Task<int> Run(Call call, string url, string? token, ImportWish wish, CancellationToken ct)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            throw new WrongUseException($"'{url}' is no address of an MLflow server.", "Give a URL such as http://mlflow.example:5000.", "url");
        using var origin = new MlflowServer(new UriBuilder(address) { UserName = "", Password = "" }.Uri, Credentials(address, token), null, TimeProvider.System);
        using var target = new MlflowServer(call.ServerAddress(), call.Token() is { } own ? new("Bearer", own) : null, call.Get(GlobalOptions.As), TimeProvider.System);
        if (origin.Address == target.Address)
            throw new WrongUseException($"{origin.Address} is this registry itself.", "Name the server to read as URL and this registry with --server.", "url");
        var tally = new ImportTally(call.Out, TimeProvider.System);
        try
        {
            await new MlflowImport(origin, target, call.Api, tally).Run(wish, ct);
        }
        catch (MlflowException e)
        {
            call.Out.Refusal(new(RefusalKind.Unavailable, "import-stopped", $"The import stopped: {e.Message} So far: {tally.Text()}.", "Start it again when the server answers: it goes on where it stood."));
            return ExitCode.Error;
        }
        call.Out.Document(tally.Json(origin.Address.ToString()));
        call.Out.Line($"Imported from {origin.Address}: {tally.Text()}.");
        return tally.Whole ? ExitCode.Done : ExitCode.Negative;
    }

    static AuthenticationHeaderValue? Credentials(Uri address, string? token) =>
        (token ?? Environment.GetEnvironmentVariable("ASSAY_IMPORT_TOKEN")) is { Length: > 0 } bearer ? new("Bearer", bearer)
        : address.UserInfo.Length > 0 ? new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(address.UserInfo))))
        : null;
}
