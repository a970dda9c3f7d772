using System.CommandLine;
using System.Text.Json.Nodes;
using Assay.Cli.Access;
using Assay.Cli.Surface;
using Assay.Client.Api;
using Assay.Contracts;

namespace Assay.Cli.Verbs;

/// <summary>Signs in, and stores a token for one registry.</summary>
internal static class LoginVerb
{
    public static Verb Build()
    {
        var first = new Option<string?>("--first-admin") { Description = "Become the first administrator with the one-time token of this file, which the server wrote into its data folder.", HelpName = "FILE" };
        var name = new Option<string?>("--name") { Description = "With --first-admin: the id by which the sign-in provider will know you.", HelpName = "NAME" };
        var oidc = new Option<bool>("--oidc") { Description = "In CI: exchange the job's identity token (GitHub, GitLab, Kubernetes) for a credential of ten minutes." };
        var scope = new Option<string?>("--scope") { Description = "With --oidc: log:EXPERIMENT, submit:MODEL, attest:KIND:MODEL or report:ENVIRONMENT. Else log: and MLFLOW_EXPERIMENT_NAME.", HelpName = "S" };
        var print = new Option<bool>("--print") { Description = "With --oidc: print the credential instead of storing it." };
        return new Verb("login", "Signs you in and stores a token for this registry, readable by you alone. Without options a browser confirms it; --token reads a token from standard input; --oidc is for CI.",
            "assay login --server https://registry.example", "assay login --token < token.txt", "sudo assay login --first-admin /var/lib/assay/first-admin-token --name ana",
            "assay login --oidc --scope submit:fraud") { first, name, oidc, scope, print }
            .Runs(async (call, ct) =>
            {
                var server = call.ServerAddress();
                if (call.Get(first) is { } file)
                    return await Become(call, server, file, call.Get(name) ?? throw new WrongUseException("--first-admin needs --name.", "Give the id by which the sign-in provider will know you.", "name"), ct);
                if (call.Get(oidc))
                    return await OfJob(call, server, CiLogin.Scope(call.Get(scope)), call.Get(print), ct);
                if (call.Given(GlobalOptions.Token))
                    return await Store(call, server, call.Get(GlobalOptions.Token) is { Length: > 0 } given and not "-" ? given : (await Console.In.ReadToEndAsync(ct)).Trim(), null, ct);
                using var device = new DeviceLogin(server, call.Out, TimeProvider.System);
                return await device.Run(ct) is var (token, lifetime) ? await Store(call, server, token, TimeProvider.System.GetUtcNow() + lifetime, ct) : ExitCode.Forbidden;
            });
    }

    static async Task<int> Become(Call call, Uri server, string file, string name, CancellationToken ct)
    {
        using var api = new AssayApi(server, (await Arguments.ReadFile(file, "one-time token", ct)).Trim());
        var made = await api.Post("first-admin", new JsonObject { ["name"] = name }, ct);
        return await Store(call, server, made.Text("token")!, made.Time("expires_at"), ct);
    }

    static async Task<int> OfJob(Call call, Uri server, string scope, bool print, CancellationToken ct)
    {
        try
        {
            using var ci = new CiLogin(server, CiTokenSource.Find() ?? throw new WrongUseException("No identity token of a CI is to be found here.", CiTokenSource.Mend), TimeProvider.System);
            var token = await ci.Exchange(scope, ct);
            if (!print)
                return await Store(call, server, token.Secret, token.ExpiresAt, ct);
            call.Out.Document(new JsonObject { ["access_token"] = token.Secret, ["scope"] = token.Scope, ["expires_at"] = token.ExpiresAt.UtcDateTime.ToString("O") });
            call.Out.Line(token.Secret);
            return ExitCode.Done;
        }
        catch (ExchangeException e)
        {
            call.Out.Refusal(e.Refusal);
            return e.Refusal.Kind is RefusalKind.Forbidden ? ExitCode.Forbidden : ExitCode.Error;
        }
    }

    /// <summary>Tries a token before it is stored: one that does not work would only show later.</summary>
    static async Task<int> Store(Call call, Uri server, string token, DateTimeOffset? ends, CancellationToken ct)
    {
        if (token.Length == 0)
            throw new WrongUseException("There is no token on standard input.", "Pipe it in: assay login --token < token.txt", "token");
        using var api = new AssayApi(server, token);
        var who = await api.Get("whoami", ct);
        if (who.Text("kind") == "local")
            throw new WrongUseException($"{server} runs in local mode: everybody is local there, and there is nothing to sign in to.", "Use it as it is; --as NAME[:ROLE] tries out decisions by several people.");
        new StoredCredential(token, who.Text("principal"), ends).Keep(server);
        call.Out.Document(new JsonObject { ["principal"] = who.Text("principal"), ["server"] = server.ToString(), ["expires_at"] = ends?.UtcDateTime.ToString("O"), ["stored"] = StoredCredential.Place });
        call.Out.Line($"Signed in as {who.Text("principal")} at {server}{(ends is { } end ? $" until {end.UtcDateTime:yyyy-MM-dd HH:mm}Z" : "")}; stored in {StoredCredential.Place}");
        return ExitCode.Done;
    }
}
