using System.Text.Json;
using Assay.Contracts;
using Assay.Contracts.Wire;

namespace Assay.Server.Mlflow;

/// <summary>What MLflow's wire itself can refuse, before any room is asked.</summary>
static class MlflowRefusals
{
    public const string NoEndpoint = "no-such-endpoint", WrongMethod = "wrong-method";

    public static Refusal NoContentType() => new(RefusalKind.Invalid, "no-content-type", "Bad Request. The header Content-Type is missing.", "Send Content-Type: application/json.", "Content-Type");

    public static Refusal ContentType(string type) => new(RefusalKind.Invalid, "bad-content-type", $"Bad Request. Content-Type is '{type}', wanted application/json.", "Send Content-Type: application/json.", "Content-Type");

    public static Refusal NotJson(JsonException e) => new(RefusalKind.Invalid, "not-json",
        $"The body is not JSON{(e.LineNumber is { } line ? $" (line {line + 1}, byte {e.BytePositionInLine + 1})" : "")}.", "Send one JSON object.", "body");

    public static Refusal UnsoundName() => new(RefusalKind.Invalid, "not-unicode", "A name in the body is half a surrogate pair, which is no Unicode.", "Leave it out.", "body");

    public static Refusal TooDeep() => Limit.Refuse($"The body is nested deeper than {WireLimits.Nesting.Most} levels.", "Send a flatter object.", "body");

    public static Refusal TooManyValues() => Limit.Refuse($"The body has more than {WireLimits.Values.Most} values.", "Split it across several requests.", "body");

    public static Refusal UploadTooLarge(long bytes) => Limit.Refuse($"The file has {bytes} bytes, which exceeded the limit of {WireLimits.PageUpload.Most} for pages.",
        "Put it to mlflow-artifacts/artifacts, which takes files of any size.", "body");

    public static Refusal BodyTooLarge(long? bytes) => BodyTooLarge(bytes, WireLimits.Body.Most);

    public static Refusal BodyTooLarge(long? bytes, long most) => Limit.Refuse(
        $"The body has {(bytes is { } known ? $"{known} bytes" : "more bytes than are taken")}, which exceeded the limit of {most}.", "Split it across several requests.", "body");

    public static Refusal NotAnObject(JsonValueKind kind) => new(RefusalKind.Invalid, "not-an-object", $"The body is JSON, but a {kind.ToString().ToLowerInvariant()}.", "Send one JSON object.", "body");

    public static Refusal Unreadable(string why) => new(RefusalKind.Invalid, "unreadable-request", $"The request cannot be read: {why}");

    public static Refusal UnknownEndpoint(string method, string path) => new(RefusalKind.NotFound, NoEndpoint, $"There is no endpoint {method} {path}.");

    public static Refusal Method(string method, string path, string allowed) => new(RefusalKind.Invalid, WrongMethod, $"{path} does not take {method}.", allowed.Length > 0 ? $"It takes {allowed}." : null);

    public static Refusal NotBuilt(string what) => new(RefusalKind.NotImplemented, "not-built", $"This registry does not keep {what}.", "See docs/mlflow-compatibility.md for what it serves.");

    public static Refusal Gone(string why) => new(RefusalKind.Unavailable, "storage-unavailable", why);

    public static Refusal Bug(string number) => new(RefusalKind.NotImplemented, "internal-error", $"The server has a bug. Its number in the server's log is {number}.", "Report it with that number.");
}
