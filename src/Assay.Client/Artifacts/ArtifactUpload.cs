using System.Net.Http.Headers;

namespace Assay.Client;

/// <summary>Uploads through the server, so that bytes are hashed as they arrive. A root elsewhere is refused: nobody could vouch for it.</summary>
sealed class ArtifactUpload(MlflowWire mlflow, string root)
{
    const int BufferSize = 1 << 17;
    const string Scheme = "mlflow-artifacts:";

    public async Task FileAsync(string file, string path, CancellationToken ct) =>
        await mlflow.PutArtifactAsync(Inside(path), () => new StreamContent(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, BufferSize, useAsync: true), BufferSize)
        {
            Headers = { ContentType = new MediaTypeHeaderValue("application/octet-stream") },
        }, ct).ConfigureAwait(false);

    public async Task BytesAsync(ReadOnlyMemory<byte> bytes, string path, CancellationToken ct) =>
        await mlflow.PutArtifactAsync(Inside(path), () => MlflowWire.Content(bytes, "application/octet-stream"), ct).ConfigureAwait(false);

    string Inside(string path)
    {
        if (!root.StartsWith(Scheme, StringComparison.Ordinal))
            throw new MlflowException("INVALID_PARAMETER_VALUE",
                $"The artifacts of this run are at '{root}', outside the server's store. Use an experiment whose artifact_location begins with {Scheme}/", System.Net.HttpStatusCode.BadRequest);
        var rest = root[Scheme.Length..];
        // mlflow-artifacts://host/path names the server that we talk to anyway.
        var below = rest.StartsWith("//", StringComparison.Ordinal) ? new Uri("http:" + rest).AbsolutePath : rest;
        return $"{below.Trim('/')}/{path}";
    }
}
