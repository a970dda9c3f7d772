using System.Text.Json.Nodes;
using Assay.Contracts;
using Assay.Contracts.Documents;
using Assay.Server.Identity;
using Assay.Server.Ledger;
using Assay.Server.Storage;

namespace Assay.Server.Capture;

/// <summary>The capture profiles in force: applied ones, and the built-in <c>standard</c> below them.</summary>
public sealed class Profiles(Store store, LedgerWriter ledger, TimeProvider time)
{
    /// <summary>Puts a profile in force. The name in the address must be the one in the document.</summary>
    public async Task<Result<AppliedProfile>> Apply(string name, string yaml, Principal who, CancellationToken ct)
    {
        var read = CaptureProfile.Read(yaml, "capture profile");
        if (!read.Ok)
            return read.Refusal!;
        var profile = read.Value;
        if (profile.Name != name)
            return CaptureRefusals.OtherName(name, profile.Name);
        return await store.Write<AppliedProfile>(async tx =>
        {
            await tx.Lock("capture", "profiles");
            var was = (await tx.All(ProfileSql.InForce)).Find(p => p.Name == name);
            var now = time.GetUtcNow();
            if (was?.Digest == profile.Digest)
                return was;
            await tx.Execute(ProfileSql.Retire, ("name", name));
            await tx.Execute(ProfileSql.Apply, ("name", name), ("digest", profile.Digest), ("body", yaml), ("at", now), ("by", who));
            await ledger.Record(tx, who, LedgerActions.ProfileApplied, new(), new JsonObject { ["name"] = name, ["digest"] = profile.Digest.ToString(), ["replaces"] = was?.Digest.ToString() });
            return new AppliedProfile(name, profile.Digest, yaml, now, who.ToString());
        }, ct);
    }

    /// <summary>All in force, the built-in one last unless an applied one took its name.</summary>
    public static async Task<List<CaptureProfile>> All(Tx tx)
    {
        var profiles = (await tx.All(ProfileSql.InForce)).ConvertAll(p => CaptureProfile.Read(p.Body, p.Name).Value);
        if (!profiles.Exists(p => p.Name == CaptureProfile.Standard.Name))
            profiles.Add(CaptureProfile.Standard);
        return profiles;
    }

    /// <summary>The most specific profile that matches a model.</summary>
    public static async Task<CaptureProfile> For(Tx tx, string model) =>
        (await All(tx)).Where(p => Glob.Matches(p.Match, model)).OrderByDescending(p => Glob.Weight(p.Match)).ThenBy(p => p.Name, StringComparer.Ordinal).FirstOrDefault() ?? CaptureProfile.Standard;

    /// <summary>The models that take their candidates from an experiment by themselves.</summary>
    public static async Task<List<string>> Fed(Tx tx, string experiment) =>
        [.. (await All(tx)).Where(p => p.From is { } from && Glob.Matches(from.Experiment, experiment)).Select(p => p.From!.Model).Distinct()];

    /// <summary>The applied documents.</summary>
    public Task<List<AppliedProfile>> Applied(CancellationToken ct) => store.All(ProfileSql.InForce, ct);
}
