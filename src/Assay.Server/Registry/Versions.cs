using System.Globalization;
using Assay.Contracts;
using Assay.Contracts.Package;
using Assay.Server.Storage;

namespace Assay.Server.Registry;

/// <summary>Reads versions, in the caller's snapshot.</summary>
public sealed class Versions
{
    const int LeastPrefix = 12;

    /// <summary>One version by its number, its digest, or a unique prefix of the digest of at least 12 digits.</summary>
    public async Task<Result<VersionView>> Find(Tx tx, string model, string key)
    {
        if (long.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && key.Length < LeastPrefix)
            return await Whole(tx, await tx.First(VersionSql.ByNumber, ("model", model), ("number", number))) is { } one ? one : RegistryRefusals.NoVersion(model, key);
        if (Prefix(key) is not { } prefix)
            return RegistryRefusals.BadKey(model, key);
        var found = await tx.All(VersionSql.ByPrefix, ("model", model), ("from", prefix), ("to", prefix + "g"));
        return found.Count switch
        {
            1 => (await Whole(tx, found[0]))!,
            0 => RegistryRefusals.NoVersion(model, key),
            _ => RegistryRefusals.Ambiguous(model, key),
        };
    }

    /// <summary>One version by digest alone, if that is unambiguous.</summary>
    public async Task<Result<VersionView>> Find(Tx tx, string key)
    {
        if (Prefix(key) is not { } prefix)
            return RegistryRefusals.BadKey("any model", key);
        var found = await tx.All(VersionSql.AnyByPrefix, ("from", prefix), ("to", prefix + "g"));
        return found.Count switch
        {
            1 => (await Whole(tx, found[0]))!,
            0 => RegistryRefusals.NoVersion("any model", key),
            _ => RegistryRefusals.Ambiguous("several models", key),
        };
    }

    /// <summary>The first version with that digest, in whatever model.</summary>
    public async Task<VersionView?> ByDigest(Tx tx, Digest digest) =>
        await Whole(tx, await tx.First(VersionSql.AnyByPrefix, ("from", digest.ToString()), ("to", digest + "g")));

    /// <summary>All versions of a model, the newest number first.</summary>
    public async Task<List<VersionView>> Of(Tx tx, string model) => await Whole(tx, await tx.All(VersionSql.OfModel, ("model", model)));

    /// <summary>The versions that a run was made into.</summary>
    public async Task<List<VersionView>> OfRun(Tx tx, string runId) => await Whole(tx, await tx.All(VersionSql.OfRun, ("run", runId)));

    /// <summary>Manifest, config and sealed run facts of a digest.</summary>
    public Task<PackageView?> Package(Tx tx, Digest digest) => tx.First(PackageSql.One, ("digest", digest));

    /// <summary>The files of a digest, by path.</summary>
    public Task<List<PackageFile>> Files(Tx tx, Digest digest) => tx.All(PackageSql.Files, ("digest", digest));

    /// <summary>Adds tags and aliases to rows.</summary>
    internal static async Task<List<VersionView>> Whole(Tx tx, List<(string ModelId, VersionView View)> rows)
    {
        List<VersionView> whole = [.. rows.Select(r => r.View)];
        foreach (var id in rows.Select(r => r.ModelId).Distinct().ToList())
        {
            var tags = (await tx.All(VersionSql.Tags, ("id", id))).ToLookup(t => t.Number);
            var aliases = (await tx.All(VersionSql.Aliases, ("id", id))).ToLookup(a => a.Number);
            for (var i = 0; i < rows.Count; i++)
                if (rows[i].ModelId == id)
                    whole[i] = whole[i] with
                    {
                        Tags = tags[whole[i].Number].ToDictionary(t => t.Key, t => t.Value),
                        Aliases = [.. aliases[whole[i].Number].Select(a => a.Alias)],
                    };
        }
        return whole;
    }

    static async Task<VersionView?> Whole(Tx tx, (string ModelId, VersionView View) row) => row.View is null ? null : (await Whole(tx, [row]))[0];

    static string? Prefix(string key)
    {
        var hex = key.StartsWith("sha256:", StringComparison.Ordinal) ? key["sha256:".Length..] : key;
        return hex.Length is >= LeastPrefix and <= 64 && hex.All(char.IsAsciiHexDigitLower) ? "sha256:" + hex : null;
    }
}
