using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assay.Contracts;
using Microsoft.AspNetCore.Http;

namespace Assay.Server.Identity;

/// <summary>What the door says to those it does not let in. Both faces must understand it: MLflow's clients read <c>error_code</c> and <c>message</c>, ours the rest.</summary>
public static class DoorRefusal
{
    // MLflow's clients show the raw body of what went wrong with files: ' as itself.
    static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    const string NoCredential = "no-credential", BadCredential = "bad-credential";

    internal static Refusal Host(string host) => new(RefusalKind.Forbidden, "foreign-host", $"The request names the host '{host}', which is not this server's name.",
        "Use a loopback name, or start the server with --host NAME for further names.", "Host");

    internal static Refusal Origin(string origin) => new(RefusalKind.Forbidden, "foreign-origin", $"A web page of another origin ('{origin}') may not change anything here.",
        "Call the API from a program, or from this server's own pages.", "Origin");

    internal static Refusal Proxy(string header) => new(RefusalKind.Forbidden, "proxied", $"The request came through a proxy (header {header}), but the server runs in local mode, which trusts nobody behind one.",
        "Connect directly on loopback, or configure identity with --access.", header);

    internal static Refusal Actor(string value) => new(RefusalKind.Forbidden, "bad-actor", $"'{value}' names no actor.", "Give NAME or NAME:ROLE.", "X-Assay-As");

    internal static Refusal NotLocal() => new(RefusalKind.Forbidden, "not-local", "Actors can be named in local mode only; this server knows its callers by their credentials.", "Leave out --as (the header X-Assay-As) and sign in: assay login.", "X-Assay-As");

    /// <summary>No credential came with the request.</summary>
    public static Refusal Unknown() => new(RefusalKind.Forbidden, NoCredential, "This needs a credential, and none came with the request.",
        "In CI: assay run -- COMMAND (single calls: assay login --oidc). People: make a token on your page (/you) or with assay login and set MLFLOW_TRACKING_TOKEN to it, or both MLFLOW_TRACKING_USERNAME (anything) and MLFLOW_TRACKING_PASSWORD (the token); in a browser: /signin.", "Authorization");

    /// <summary>A credential came that is not, or no longer, valid.</summary>
    public static Refusal Invalid(string why, string mend) => new(RefusalKind.Forbidden, BadCredential, why, mend, "Authorization");

    /// <summary>A known caller may not do this. <paramref name="about"/> comes after "look at".</summary>
    public static Refusal MayNot(Principal principal, Permission permission, string about, string? mend) => new(RefusalKind.Forbidden, "not-allowed",
        $"{principal} may not {Words(permission)} {about}.",
        mend ?? (Roles.Within(principal.Kind, permission)
            ? permission is Permission.Read ? "It takes the role viewer for it in the access policy, or any other that is for it; assay whoami shows what you hold."
            : $"It takes the role {string.Join(" or ", Roles.With(permission).Select(r => r == "approver" ? "approver:R" : r))} for it in the access policy; assay whoami shows what you hold."
            : $"No {principal.Kind.ToString().ToLowerInvariant()} may, whatever its roles."));

    static string Words(Permission permission) => permission switch
    {
        Permission.Read => "look at",
        Permission.LogRuns => "log runs to",
        Permission.Label => "change names, descriptions, tags, aliases or stages of",
        Permission.Submit => "submit versions of",
        Permission.SubmitEvidence => "attach evidence about",
        Permission.Report => "report what runs in",
        Permission.Propose => "open promotion requests for",
        Permission.Decide => "approve or reject for",
        Permission.RollBack => "roll back",
        Permission.Operate => "operate",
        Permission.Audit => "audit the ledger of",
        Permission.Administer => "change who may do what in",
        _ => "use",
    };

    /// <summary>Is a credential what is missing?</summary>
    public static bool IsUnknown(Refusal refusal) => refusal.Code is NoCredential or BadCredential;

    /// <summary>Answers with a refusal: 401 where a credential is what is missing, else 403.</summary>
    public static Task Write(HttpContext context, Refusal refusal)
    {
        var unknown = IsUnknown(refusal);
        context.Response.StatusCode = unknown ? StatusCodes.Status401Unauthorized : StatusCodes.Status403Forbidden;
        if (unknown)
            // Pages never ask with a browser's own box; clients of MLflow take Basic as well as Bearer.
            context.Response.Headers.WWWAuthenticate = "Bearer realm=\"assay\"";
        context.Response.ContentType = "application/json";
        var body = new JsonObject
        {
            ["error_code"] = unknown ? "UNAUTHENTICATED" : "PERMISSION_DENIED",
            ["message"] = $"{refusal.Message} {refusal.Mend}",
            ["type"] = "about:blank",
            ["title"] = refusal.Message,
            ["status"] = context.Response.StatusCode,
            ["code"] = refusal.Code,
            ["mend"] = refusal.Mend,
        };
        if (refusal.Field is not null)
            body["field"] = refusal.Field;
        return context.Response.WriteAsync(body.ToJsonString(Plain));
    }
}
