using Assay.Contracts;

namespace Assay.Evaluation.Runners.Endpoints;

/// <summary>Every reason why an endpoint gave no answer that can be used.</summary>
internal static class EndpointRefusals
{
    const int MostSaid = 300;

    public static Refusal Protocol(string protocol) => new(RefusalKind.Invalid, "endpoint-protocol", $"'{protocol}' is no protocol of an endpoint.", "Give mlflow, v2 or v2-grpc.", "protocol");

    public static Refusal Url() => new(RefusalKind.Invalid, "endpoint-url", "The endpoint is no http or https address without user, query and fragment.",
        "Give its base address, such as https://models.example/fraud; what it wants as Authorization goes into ASSAY_ENDPOINT_AUTHORIZATION.", "endpoint");

    public static Refusal Unreachable(Uri url, string why) => new(RefusalKind.Unavailable, "endpoint-unreachable", $"{url} gave no answer: {Short(why)}",
        "Check that it runs and can be reached from here.", "endpoint");

    public static Refusal OtherVersion(Uri url, Digest wanted, string found) => new(RefusalKind.Conflict, "endpoint-other-version",
        $"{url} serves {found}, not {wanted}: what is measured there would be evidence about another version.", "Measure the version that it serves, or deploy this one there first.", "endpoint");

    public static Refusal Altered(Uri url) => new(RefusalKind.Conflict, "endpoint-altered",
        $"{url} says that the files it serves are not those of its version.", "Deploy the version again from the registry.", "endpoint");

    public static Refusal Unauthorized(Uri url, string said) => new(RefusalKind.Unavailable, "endpoint-unauthorized", $"{url} wants an authorization{Said(said)}",
        "Set ASSAY_ENDPOINT_AUTHORIZATION to the value of its Authorization header, such as 'Bearer …'.", "endpoint");

    public static Refusal NotFound(Uri url, string said) => new(RefusalKind.Unavailable, "endpoint-not-found", $"{url} does not know that{Said(said)}",
        "Check the address, the protocol and the model's name there (--endpoint-model).", "endpoint");

    public static Refusal Redirected(Uri url) => new(RefusalKind.Unavailable, "endpoint-redirects", $"{url} sends callers elsewhere, which is not followed: an authorization could reach a stranger.",
        "Give the address that answers itself.", "endpoint");

    public static Refusal Refused(int status, string said) => new(RefusalKind.Invalid, "endpoint-refused", $"The endpoint refuses the input (status {status}){Said(said)}",
        "Mend the input, or the signature that it was made by.", "input");

    public static Refusal Failed(string status, string said) => new(RefusalKind.Invalid, "endpoint-failed", $"The endpoint failed on the input ({status}){Said(said)}",
        "Look into the endpoint's log at this time.", "endpoint");

    public static Refusal TooLong(long most) => new(RefusalKind.Invalid, "endpoint-answer-too-long", $"The endpoint's answer is longer than {most} bytes.", "Ask for fewer rows at once, or raise the limit (answer).", "endpoint");

    public static Refusal Nonsense(string why) => new(RefusalKind.Invalid, "endpoint-nonsense", $"The endpoint's answer cannot be read: {Short(why)}",
        "Check that the address speaks the protocol that was named.", "endpoint");

    public static Refusal Infinite(long row, string? column) => new(RefusalKind.Invalid, "input-infinite",
        $"Row {row}{(column is null ? "" : $", column {column}")} is infinite, which JSON cannot say.", "Mend the value, or measure the files or over v2-grpc.", column);

    public static Refusal NoSignature() => new(RefusalKind.Invalid, "signature-missing",
        "The version has no signature of named columns, so nothing says which columns of the data the endpoint takes and of what type.", "Log the model with a signature whose inputs are named columns.", "MLmodel.signature");

    static string Said(string said) => said.Length > 0 ? $": {Short(said)}" : ".";

    /// <summary>Another program's words on one line and of a length that fits a report.</summary>
    static string Short(string words)
    {
        var line = string.Join(' ', words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length > MostSaid ? line[..MostSaid] + "…" : line;
    }
}
