using System.Text.Json.Nodes;
using Assay.Contracts;
using Assay.Server.Access.People.Personal;
using Assay.Server.Access.People.SigningIn;
using Assay.Server.Access.Policy;
using Assay.Server.Access.Tokens;
using Assay.Server.Identity;
using Assay.Server.Ledger;
using Assay.Server.Storage;

namespace Assay.Server.Access.People;

/// <summary>
/// The first administrator comes by a one-time token: whoever can read a file of the server's own folder. There is no default password.
/// The database holds one such token at a time, whatever number of servers share it.
/// </summary>
public sealed class FirstAdmin(Store store, AccessBook book, Persons persons, PersonalTokens tokens, LedgerWriter ledger, ServerOptions options, TimeProvider time)
{
    /// <summary>How long the token is good.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    const string Kind = "first-admin";
    static readonly Query<(byte[] Hash, string Where)> Waiting = new("SELECT hash, facts FROM access_signin WHERE user_code = 'first-admin' AND ends_ms > @now", r => (r.Bytes(0), r.Text(1)));
    const string Clear = "DELETE FROM access_signin WHERE user_code = 'first-admin'";

    /// <summary>Where this server writes it.</summary>
    public string File => Path.Combine(options.Data, "first-admin-token");

    /// <summary>Where a token waits, as is said at the start and when a policy is applied; null when somebody is administrator.</summary>
    public string? WaitsAt { get; private set; }

    /// <summary>At the start with an access policy, and when one is applied: writes a token as long as nobody is administrator; else there must be none left.</summary>
    public async Task Prepare(CancellationToken ct)
    {
        if (book.Current is not { } policy || await persons.AnyAdmin(policy, ct))
        {
            WaitsAt = null;
            System.IO.File.Delete(File);
            return;
        }
        var (here, secret) = ($"{Environment.MachineName}:{File}", "");
        var there = System.IO.File.Exists(File) ? TokenSecret.Hash((await System.IO.File.ReadAllTextAsync(File, ct)).Trim()) : null;
        await store.Do(async tx =>
        {
            secret = "";
            await tx.Lock("access", Kind);
            var now = time.GetUtcNow();
            var (hash, where) = await tx.First(Waiting, ("now", now));
            WaitsAt = where ?? here;
            // Another server's is as good; a file of ours that was lost is not.
            if (hash is not null && (where != here || there is not null && hash.AsSpan().SequenceEqual(there)))
                return;
            secret = TokenSecret.New(TokenSecret.FirstAdmin);
            await tx.Execute(Clear);
            await tx.Execute(SignInSql.Insert, ("hash", TokenSecret.Hash(secret)), ("kind", Kind), ("code", Kind), ("facts", here), ("person", null), ("ends", now + Lifetime));
        }, ct);
        if (secret.Length > 0)
            DurableFile.Write(File, System.Text.Encoding.ASCII.GetBytes(secret + "\n"));
        else if (WaitsAt != here)
            System.IO.File.Delete(File);
    }

    /// <summary>Makes somebody administrator and gives them a personal token; the one-time token is used up.</summary>
    public async Task<Result<IssuedToken>> Become(string? secret, string? name, CancellationToken ct)
    {
        if (name is null || !PersonClaims.IsId(name))
            return PersonRefusals.BadPerson();
        if (secret is null)
            return PersonRefusals.NotFirst();
        var result = await store.Write(async Task<Result<IssuedToken>> (tx) =>
        {
            var now = time.GetUtcNow();
            if (await tx.First(SignInSql.Take, ("hash", TokenSecret.Hash(secret)), ("kind", Kind), ("now", now)) is null)
                return PersonRefusals.NotFirst();
            await persons.Appoint(tx, name);
            var who = Principal.Proven(PrincipalKind.Person, name, [new("admin")], "first-admin-token");
            await ledger.Record(tx, who, LedgerActions.PersonMadeAdministrator, new(), new JsonObject { ["by"] = "first-admin-token" });
            return await tokens.Issue(tx, who, "first administrator", PersonalTokens.Usual, []);
        }, ct);
        if (result.Ok)
        {
            WaitsAt = null;
            System.IO.File.Delete(File);
        }
        return result;
    }
}
