using Assay.Contracts;

namespace Assay.Client.Verification;

/// <summary>
/// Verifies a pulled folder with nothing but its own files, a trust and the time: every byte against the digest, every signature against the
/// trusted keys, and the entry against the signed ledger. What changed after the bundle was made (a recall) cannot be seen offline.
/// </summary>
public static class Verifier
{
    /// <summary>Verifies; everything is checked, so that all that is wrong is told at once.</summary>
    public static async Task<VerificationReport> Verify(string folder, Bundle bundle, Expectation expected, Trust trust, DateTimeOffset now, CancellationToken ct)
    {
        List<Check> checks = [];
        if (expected.Model is { } model)
            checks.Add(new("model", bundle.Model == model, bundle.Model == model ? model : $"is '{bundle.Model}', wanted '{model}'"));
        checks.AddRange(await FolderChecks.Of(folder, bundle, expected, ct));
        var manifest = Path.Combine(folder, "assay", "manifest.json");
        // What is signed must be about the bytes that are here, not about what the bundle calls them.
        var digest = File.Exists(manifest) ? Digest.Of(await File.ReadAllBytesAsync(manifest, ct)) : default;
        checks.AddRange(SignedChecks.Of(bundle, digest, expected, trust, now));
        checks.AddRange(LedgerChecks.Of(bundle, digest, expected, trust, now));
        return new(digest, bundle.Model, checks);
    }
}
