using System.Text;
using System.Text.Json.Nodes;
using Assay.Client.Api;
using Assay.Contracts;

namespace Assay.Client.Verification;

/// <summary>Whom this user came to trust: one file per ledger and address, pinned on first use (interfaces §7).</summary>
public sealed class TrustStore(string folder, TimeProvider time)
{
    /// <summary>The store under <c>$XDG_CONFIG_HOME</c>, else <c>~/.config</c>.</summary>
    public static TrustStore OfUser(TimeProvider time)
    {
        var config = Environment.GetEnvironmentVariable("XDG_CONFIG_HOME") is { Length: > 0 } xdg ? xdg : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".config");
        return new(Path.Combine(config, "assay", "trust"), time);
    }

    /// <summary>What came of asking the store about a registry.</summary>
    /// <param name="Trust">Whom to believe; null when the registry must not be believed.</param>
    /// <param name="Note">What the user should know: pinned now, or why not.</param>
    public sealed record Answer(Trust? Trust, string? Note);

    /// <summary>
    /// The pinned trust of a registry. A registry seen for the first time is pinned. Another key for the same ledger is refused, and so is another
    /// ledger at a known address, unless the address is this machine's own, where registries come and go.
    /// </summary>
    public Answer Of(Uri server, Trust offered)
    {
        var file = FileOf(server, offered.Origin);
        if (Read(file) is { } pinned)
            return pinned.Trust.Same(offered) ? new(pinned.Trust, null)
                : new(null, $"THE KEYS HAVE CHANGED: {server} now offers {Ids(offered)} for the ledger {offered.Origin}, but {Ids(pinned.Trust)} was pinned on {pinned.At}. Somebody may be in between.{Rotated(pinned.Trust, offered)} If the keys were replaced on purpose, compare {Ids(offered)} with the registry's operator, then remove {file} and try again, or give --trust FILE (ASSAY_TRUST) with both keys.");
        var others = Pinned().Where(p => p.Server == server.ToString()).ToList();
        if (others.Count > 0 && !server.IsLoopback)
            return new(null, $"ANOTHER LEDGER ANSWERS: {server} had the ledger {others[0].Trust.Origin} before, pinned on {others[0].At}, and now shows {offered.Origin}. Somebody may be in between. If the registry was replaced on purpose, remove its file from {folder} and try again, or give --trust FILE.");
        Pin(file, server, offered);
        return new(offered, $"Pinned {Ids(offered)} of the ledger {offered.Origin} at {server} on first use, in {file}. Compare the key with the registry's operator, or give --trust FILE.");
    }

    /// <summary>The pinned trust of a ledger, for verifying without a registry; null when none or several different ones are pinned.</summary>
    public Trust? OfOrigin(string origin)
    {
        var pinned = Pinned().Where(p => p.Trust.Origin == origin).Select(p => p.Trust).ToList();
        return pinned.Count > 0 && pinned.TrueForAll(p => p.Same(pinned[0])) ? pinned[0] : null;
    }

    sealed record PinnedTrust(Trust Trust, string? Server, string? At);

    IEnumerable<PinnedTrust> Pinned() => Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal).Select(Read).OfType<PinnedTrust>() : [];

    string FileOf(Uri server, string origin) => Path.Combine(folder, $"{server.Host}_{server.Port}-{Digest.Of($"{server}\n{origin}").Short}.json");

    static PinnedTrust? Read(string file)
    {
        if (!File.Exists(file))
            return null;
        var text = File.ReadAllText(file);
        // A damaged file must not count as "never seen": that would pin whoever answers now.
        var trust = Trust.Read(text, file);
        var json = JsonNode.Parse(text);
        return new(trust, json.Text("server"), json.Text("pinned_at"));
    }

    void Pin(string file, Uri server, Trust trust)
    {
        Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var json = trust.ToJson();
        json["server"] = server.ToString();
        json["pinned_at"] = time.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ssZ");
        var beside = $"{file}.{Guid.NewGuid():N}.new";
        using (var stream = new FileStream(beside, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite }))
            stream.Write(Encoding.UTF8.GetBytes(json.ToJsonString()));
        File.Move(beside, file, overwrite: true);
    }

    /// <summary>What a rotation looks like from here; a registry may claim it, so it is told and not believed.</summary>
    static string Rotated(Trust pinned, Trust offered) => pinned.Keys.All(k => offered.Keys.Any(o => o.Id == k.Id)) ? " It says that it rotated its key: the pinned one is offered still, as a retired one." : "";

    static string Ids(Trust trust) => $"key {string.Join(", ", trust.Keys.Select(k => k.Id))}";
}
