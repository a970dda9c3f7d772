using Assay.Cli.Surface;
using Assay.Client.Pulling;
using Assay.Evaluation.FirstSuites;

namespace Assay.Cli.Measuring;

/// <summary>Downloads a version, asks its model in a limited child process, and has a first suite written. Posts nothing.</summary>
internal sealed class FirstSuiteOfVersion(Call call)
{
    /// <summary>The suite's YAML and what it was made of: <c>MODEL@sha256:…</c>.</summary>
    public async Task<(string Text, string Subject)> Write(string model, string key, CancellationToken ct)
    {
        var scratch = Directory.CreateTempSubdirectory("assay-suite-").FullName;
        try
        {
            var download = new VersionDownload(call.Api);
            var bundle = await download.Bundle(model, key, null, null, ct);
            var digest = bundle.Digest ?? throw new WrongUseException($"{model}/{key} has no digest yet: its run is still running.", "Write its suite once the run has ended.");
            await download.Write(bundle, Path.Combine(scratch, "version"), ct);
            var subject = $"{bundle.Model}@{digest}";
            var text = await new FirstSuite(TimeProvider.System).Write(Path.Combine(scratch, "version", "model"), bundle.Model, subject, new(), ct);
            return (text.Refusal is { } refusal ? throw new WrongUseException(refusal.Message, refusal.Mend, refusal.Field) : text.Value, subject);
        }
        catch (DamagedDownloadException e)
        {
            throw new WrongUseException(e.Message, "Download it again; if it stays damaged, assay verify says what is wrong with the version.");
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }
}
