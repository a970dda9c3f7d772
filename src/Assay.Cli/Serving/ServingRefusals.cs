using Assay.Contracts;

namespace Assay.Cli.Serving;

/// <summary>Every reason why a model is not served.</summary>
internal static class ServingRefusals
{
    public static Refusal NotPulled(string folder, string why) => new(RefusalKind.Invalid, "not-pulled",
        $"{folder} is no folder that assay pull wrote: {why}", "Pull the version again: assay pull VERSION -o DIR.", "dir");

    public static Refusal Altered(PulledFolder folder, IReadOnlyList<string> files) => new(RefusalKind.Conflict, "files-altered",
        $"The files of {folder.Path} are not those of {folder.Model}@{folder.Digest}: {string.Join(", ", files)}.", "Pull the version again into an empty folder; what was approved is not what lies here.", "dir");

    public static Refusal OtherModel(string wanted, string found) => new(RefusalKind.Conflict, "other-model",
        $"The folder holds {found}, not {wanted}.", "Give the folder of that model, or leave --model out.", "model");

    public static Refusal BadBody(string why) => new(RefusalKind.Invalid, "body-unreadable", $"The body is no JSON: {why}", "Send application/json with one of dataframe_split, dataframe_records, instances, inputs.", "body");

    public static Refusal BadType(string? type) => new(RefusalKind.Invalid, "body-type", $"The content type is {type ?? "not given"}; this server reads application/json.", "Send Content-Type: application/json.", "Content-Type");

    public static Refusal Input(string name, string what) => new(RefusalKind.Invalid, "input-tensor", $"The tensor {name} {what}.", "Ask GET /v2/models/MODEL for the model's inputs and outputs.", name);

    /// <summary>The status of a refused question: the caller's mistake, or the model's.</summary>
    public static int Status(Refusal refusal) => refusal.Code.StartsWith("input-", StringComparison.Ordinal) || refusal.Code == "model-does-not-run" ? 400 : 500;

    public static Refusal NotListening(string url, string why) => new(RefusalKind.Unavailable, "cannot-listen", $"{url} cannot be listened on: {why}", "Give another address with --listen.", "listen");
}
