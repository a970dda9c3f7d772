using Assay.Cli.Importing;
using Assay.Cli.Surface;
using Assay.Client;
using Assay.Contracts;
using Assay.Evaluation;
using Assay.Evaluation.Data;
using Assay.Evaluation.Data.Sources;

namespace Assay.Cli.Measuring;

/// <summary>Data that stands with the registry: <c>runs:/RUN/PATH</c>, <c>models:/NAME/NUMBER/PATH</c> and <c>mlflow-artifacts:/PATH</c>.</summary>
internal sealed class RegistrySource(Call call, IProgress<EvaluationProgress>? progress) : IDataSource
{
    const string OfRun = "runs:/", OfVersion = "models:/", OfStore = "mlflow-artifacts:/";

    public string Scheme => $"{OfRun}, {OfVersion}, {OfStore}";

    public bool Takes(string uri) => Route(uri) is not null || uri.StartsWith(OfRun, StringComparison.Ordinal) || uri.StartsWith(OfVersion, StringComparison.Ordinal);

    public async Task<Result<DataFiles>> Fetch(string uri, CancellationToken ct)
    {
        if (Route(uri) is not { } route)
            return Refused(uri, "it is neither runs:/RUN/PATH nor models:/NAME/NUMBER/PATH.");
        try
        {
            var token = call.Token();
            using var server = new MlflowServer(call.ServerAddress(), token is null ? null : new("Bearer", token), call.Get(GlobalOptions.As), TimeProvider.System);
            using var fetching = new Fetching(progress);
            await using var from = await server.Open(route, ct);
            await fetching.Keep(uri[(uri.LastIndexOf('/') + 1)..], from, null, ct);
            return fetching.Files(single: true);
        }
        catch (Exception e) when (e is MlflowException or IOException or HttpRequestException)
        {
            return Refused(uri, e.Message);
        }
    }

    static string? Route(string uri)
    {
        static string Escaped(string text) => Uri.EscapeDataString(text);
        if (uri.StartsWith(OfRun, StringComparison.Ordinal) && uri[OfRun.Length..].Trim('/').Split('/', 2) is [{ Length: > 0 } run, { Length: > 0 } file])
            return $"get-artifact?run_uuid={Escaped(run)}&path={Escaped(file)}";
        if (uri.StartsWith(OfVersion, StringComparison.Ordinal) && uri[OfVersion.Length..].Trim('/').Split('/', 3) is [{ Length: > 0 } name, { Length: > 0 } version, { Length: > 0 } path])
            return $"model-versions/get-artifact?name={Escaped(name)}&version={Escaped(version)}&path={Escaped(path)}";
        return uri.StartsWith(OfStore, StringComparison.Ordinal) && uri[OfStore.Length..].Trim('/') is { Length: > 0 } below
            ? "api/2.0/mlflow-artifacts/artifacts/" + string.Join('/', below.Split('/').Select(Escaped)) : null;
    }

    static Refusal Refused(string uri, string why) => new(RefusalKind.NotFound, "data-missing",
        $"The data {uri} cannot be fetched from the registry: {why}", "Give the path of a file that a run logged, and the registry with --server.", "data.uri");
}
