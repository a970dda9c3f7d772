using System.CommandLine;
using Assay.Client.Ledger;
using Assay.Client.Verification;

namespace Assay.Cli.Surface;

/// <summary>Whom to believe: a file, else what was pinned on first use (interfaces §7).</summary>
internal static class TrustChoice
{
    public static Option<string?> Option() => new("--trust") { Description = "Public keys and the ledger's origin to believe. Else ASSAY_TRUST, else what was pinned on first use.", HelpName = "FILE" };

    /// <summary>The trust for a bundle that came from the registry; null when it must not be believed, which is said.</summary>
    public static Trust? Of(Call call, Bundle bundle, string? file)
    {
        if (Given(file) is { } given)
            return given;
        if (bundle.Offered is not { } offered)
        {
            call.Out.Problem("The registry's bundle names no ledger or no keys, so nothing can be believed.");
            return null;
        }
        return Pin(call, offered);
    }

    /// <summary>The trust for a ledger that the registry shows; null when it must not be believed, which is said.</summary>
    public static Trust? Of(Call call, ServerLedger ledger, string? file)
    {
        if (Given(file) is { } given)
            return given;
        if (ledger.Offered is { } offered)
            return Pin(call, offered);
        call.Out.Problem("The registry shows no head that names a ledger, or no keys, so nothing can be believed.");
        return null;
    }

    /// <summary>The trust for an exported ledger, without asking any registry.</summary>
    public static Trust Offline(ExportedLedger ledger, string? file) => Given(file)
        ?? Pinned(() => TrustStore.OfUser(TimeProvider.System).OfOrigin(ledger.Offered.Origin))
        ?? throw new WrongUseException($"Nothing is trusted for the ledger {ledger.Offered.Origin} yet, and a file cannot vouch for itself.", "Give --trust FILE, or run assay ledger verify once against the registry, which pins its keys.", "trust");

    static Trust? Pin(Call call, Trust offered)
    {
        var answer = Pinned(() => TrustStore.OfUser(TimeProvider.System).Of(call.Api.Server, offered));
        if (answer.Trust is null)
            call.Out.Problem(answer.Note!);
        else if (answer.Note is { } note)
            call.Out.Note(note);
        return answer.Trust;
    }

    /// <summary>The trust for a bundle on disk, without asking any registry.</summary>
    public static Trust Offline(Bundle bundle, string? file) => Given(file)
        ?? (bundle.Proof?.Origin is { } origin ? Pinned(() => TrustStore.OfUser(TimeProvider.System).OfOrigin(origin)) : null)
        ?? throw new WrongUseException("Nothing is trusted for the ledger of this folder yet, and a folder cannot vouch for itself.", "Give --trust FILE, or pull once with --verify from the registry, which pins its keys.", "trust");

    /// <summary>What a file or ASSAY_TRUST names; null when neither is given.</summary>
    public static Trust? Given(string? file)
    {
        file ??= Environment.GetEnvironmentVariable("ASSAY_TRUST") is { Length: > 0 } variable ? variable : null;
        if (file is null)
            return null;
        try
        {
            return Trust.Read(File.ReadAllText(file), file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            throw new WrongUseException($"The trust file cannot be used: {e.Message}", "Give a file like {\"origin\": \"…\", \"keys\": [{\"public_key\": \"…\"}]}; GET /api/assay/v1/keys shows a registry's keys.", "trust");
        }
    }

    static T Pinned<T>(Func<T> ask)
    {
        try
        {
            return ask();
        }
        catch (FormatException e)
        {
            throw new WrongUseException($"A pinned trust file is damaged: {e.Message}", "Restore it, or remove it after comparing the registry's key with its operator.", "trust");
        }
    }
}
