using System.Text.Json.Nodes;
using Assay.Cli.Access;
using Assay.Cli.Surface;
using Assay.Client.Api;

namespace Assay.Cli.Verbs;

/// <summary>Forgets the stored token, and revokes it.</summary>
internal static class LogoutVerb
{
    public static Verb Build() => new Verb("logout", "Revokes the token that assay login stored for this registry, and forgets it.", "assay logout --server https://registry.example").Runs(async (call, ct) =>
    {
        var server = call.ServerAddress();
        if (StoredCredential.Of(server) is not { } stored)
        {
            call.Out.Document(new JsonObject { ["server"] = server.ToString(), ["was_signed_in"] = false });
            call.Out.Line($"Nothing is stored for {server}.");
            return ExitCode.Done;
        }
        var revoked = await Revoke(call, server, stored, ct);
        StoredCredential.Forget(server);
        call.Out.Document(new JsonObject { ["server"] = server.ToString(), ["was_signed_in"] = true, ["revoked"] = revoked });
        call.Out.Line($"Signed out of {server}.");
        return ExitCode.Done;
    });

    static async Task<bool> Revoke(Call call, Uri server, StoredCredential stored, CancellationToken ct)
    {
        try
        {
            using var api = new AssayApi(server, stored.Token);
            if ((await api.Get("whoami", ct)).Text("credential")?.Split(':') is not ["token", var id])
                return false;
            await api.Delete(ApiPath.Of("tokens", id), ct);
            return true;
        }
        catch (ApiRefusalException)
        {
            // It was no longer good, or is none that its holder takes back.
            return false;
        }
        catch (ApiUnreachableException e)
        {
            call.Out.Note($"The token is forgotten here, but not revoked: {e.Message} Revoke it on your page of the registry.");
            return false;
        }
    }
}
