using System.Security.Cryptography;
using Assay.Contracts;
using Assay.Server.Access.People.Personal;
using Assay.Server.Access.People.SigningIn;
using Assay.Server.Access.Tokens;
using Assay.Server.Identity;
using Assay.Server.Storage;

namespace Assay.Server.Access.People.Devices;

/// <summary>A program that may now wait: its own secret, and the code for its person.</summary>
public sealed record DeviceCode(string Secret, string UserCode);

/// <summary>
/// Signing in a program that has no browser (RFC 8628). The registry itself is the authorization server, so that it works with any provider: the person
/// confirms in a browser in which they are signed in.
/// </summary>
public sealed class DeviceDesk(Store store, PersonalTokens tokens, TimeProvider time)
{
    /// <summary>How long a program may wait.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>Seconds between two questions of a program.</summary>
    public const int Interval = 5;

    /// <summary>Programs that may wait at the same time, and wrong codes of one person in ten minutes.</summary>
    public const int MostWaiting = 1000, MostGuesses = 10;

    /// <summary>A code as the terminal shows it, whatever was typed.</summary>
    public static string Shown(string typed) => UserCode.Read(typed) is { } code ? UserCode.Shown(code) : typed;

    /// <summary>Lets a program wait; null when too many do.</summary>
    public async Task<DeviceCode?> Begin(string? client, string address, CancellationToken ct)
    {
        var code = new DeviceCode(TokenSecret.New(TokenSecret.Device), UserCode.New());
        var name = new string([.. (client ?? "").Where(c => !char.IsControl(c)).Take(60)]);
        var (now, begun) = (time.GetUtcNow(), false);
        await store.Do(async tx =>
        {
            await tx.Execute(SignInSql.Forget, ("before", now - Patience));
            if (begun = await tx.First(DeviceSql.Waiting, ("now", now)) < MostWaiting)
                await tx.Execute(SignInSql.Insert, ("hash", TokenSecret.Hash(code.Secret)), ("kind", "device"), ("code", code.UserCode),
                    ("facts", DeviceSql.Text(new(name.Length > 0 ? name : "a program", address, now, null, Interval, false))), ("person", null), ("ends", now + Patience));
        }, ct);
        return begun ? code : null;
    }

    /// <summary>The program that waits under a code, for the page on which a person confirms. Wrong codes of a person are counted.</summary>
    public async Task<Result<WaitingDevice>> Find(Principal who, string? typed, CancellationToken ct)
    {
        Result<WaitingDevice> found = PersonRefusals.NoDevice();
        await store.Do(async tx =>
        {
            var now = time.GetUtcNow();
            if (await tx.First(DeviceSql.Guesses, ("person", who.Id), ("now", now)) >= MostGuesses)
                found = PersonRefusals.TooManyGuesses();
            else if (UserCode.Read(typed) is { } code && await tx.First(DeviceSql.ByCode, ("code", code), ("now", now)) is { Person: null, Facts.Denied: false } device)
                found = device;
            else
                await tx.Execute(SignInSql.Insert, ("hash", RandomNumberGenerator.GetBytes(32)), ("kind", "guess"), ("code", null), ("facts", ""), ("person", who.Id), ("ends", now + Patience));
        }, ct);
        return found;
    }

    /// <summary>A person's answer. A yes is for a sign-in, not for a token: a token would make itself another.</summary>
    public async Task<Result<Done>> Answer(Principal who, string? typed, bool yes, CancellationToken ct)
    {
        if (who.Kind is not PrincipalKind.Person)
            return PersonRefusals.NoPerson();
        if (who.Credential?.StartsWith("session:", StringComparison.Ordinal) is not true)
            return PersonRefusals.NoWidening();
        var found = await Find(who, typed, ct);
        if (!found.Ok)
            return found.Refusal!;
        var answered = 0;
        await store.Do(async tx => answered = await tx.Execute(DeviceSql.Answer, ("hash", found.Value.Hash), ("person", yes ? who.Id : null),
            ("facts", DeviceSql.Text(found.Value.Facts with { Denied = !yes })), ("now", time.GetUtcNow())), ct);
        return answered > 0 ? Done.Yes : PersonRefusals.NoDevice();
    }

    /// <summary>A program's question whether it may by now: its token once, or an error of RFC 8628 §3.5.</summary>
    public async Task<(IssuedToken? Token, string? Error)> Ask(string secret, CancellationToken ct)
    {
        (IssuedToken?, string?) answer = (null, "invalid_grant");
        await store.Do(async tx =>
        {
            var now = time.GetUtcNow();
            answer = await tx.First(DeviceSql.ByHash, ("hash", TokenSecret.Hash(secret))) switch
            {
                null => (null, "invalid_grant"),
                var device when device.EndsAt <= now => (null, "expired_token"),
                { Facts.Denied: true } => (null, "access_denied"),
                { Person: { } person } device => await tx.Execute(DeviceSql.Remove, ("hash", device.Hash)) > 0 ? (await Token(tx, person, device.Facts), null) : (null, "invalid_grant"),
                var device => (null, await Wait(tx, device, now)),
            };
        }, ct);
        return answer;
    }

    Task<IssuedToken> Token(Tx tx, string person, DeviceFacts facts) =>
        tokens.Issue(tx, Principal.Proven(PrincipalKind.Person, person, [], "device"), $"assay login on {facts.Client}", PersonalTokens.Usual, []);

    static async Task<string> Wait(Tx tx, WaitingDevice device, DateTimeOffset now)
    {
        var early = device.Facts.Polled is { } polled && now - polled < TimeSpan.FromSeconds(device.Facts.Interval);
        await tx.Execute(DeviceSql.Polled, ("hash", device.Hash), ("facts", DeviceSql.Text(device.Facts with { Polled = now, Interval = device.Facts.Interval + (early ? Interval : 0) })));
        return early ? "slow_down" : "authorization_pending";
    }
}
