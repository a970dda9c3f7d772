using System.CommandLine;
using Assay.Cli.Surface;
using Assay.Evaluation.Data;

namespace Assay.Cli.Measuring;

/// <summary>The data that a verb's first argument names.</summary>
internal static class OpenedData
{
    public static Argument<string> Argument() => new("data") { Description = "A file, a folder, a pattern in quotes, runs:/RUN/PATH or s3://BUCKET/KEY; CSV, Parquet, JSON lines or Arrow.", HelpName = "DATA" };

    public static Option<Assay.Contracts.Digest?> Wanted() => new("--digest")
    {
        Description = "Refuse data with another digest.",
        HelpName = "DIGEST",
        CustomParser = result =>
        {
            if (Assay.Contracts.Digest.TryParse(result.Tokens[0].Value, out var digest))
                return digest;
            result.AddError($"'{result.Tokens[0].Value}' is no digest; wanted sha256: and 64 lower-case hex digits.");
            return null;
        },
    };

    public static async Task<DataSet> Open(Call call, string uri, Assay.Contracts.Digest? wanted, CancellationToken ct)
    {
        var opened = await DataSet.Open(new(uri, Directory.GetCurrentDirectory(), wanted), DataPlaces.Of(call, new StageNotes(call.Out)), ct);
        return opened.Refusal is { } refusal ? throw new WrongUseException(refusal.Message, refusal.Mend, refusal.Field) : opened.Value;
    }
}
