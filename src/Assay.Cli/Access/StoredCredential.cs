using System.Text.Json;
using System.Text.Json.Nodes;
using Assay.Cli.Surface;
using Assay.Client.Api;

namespace Assay.Cli.Access;

/// <summary>
/// What <c>assay login</c> stored: one token for each registry, in a file that only its owner reads. A token goes to the registry that it was stored
/// for, and to no other.
/// </summary>
/// <param name="Token">The secret.</param>
/// <param name="Principal">Whom it stands for.</param>
/// <param name="ExpiresAt">When it ends, if that is known.</param>
internal sealed record StoredCredential(string Token, string? Principal, DateTimeOffset? ExpiresAt)
{
    const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>The file: under <c>$XDG_CONFIG_HOME</c>, else <c>~/.config</c>.</summary>
    public static string Place => Path.Combine(
        Environment.GetEnvironmentVariable("XDG_CONFIG_HOME") is { Length: > 0 } xdg ? xdg : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".config"),
        "assay", "credentials");

    /// <summary>What is stored for a registry; null when nothing is.</summary>
    public static StoredCredential? Of(Uri server) => Read()[Key(server)] is JsonObject one && one.Text("token") is { } token ? new(token, one.Text("principal"), one.Time("expires_at")) : null;

    /// <summary>Stores it for a registry, in place of what was stored before.</summary>
    public void Keep(Uri server)
    {
        var all = Read();
        all[Key(server)] = new JsonObject { ["token"] = Token, ["principal"] = Principal, ["expires_at"] = ExpiresAt?.UtcDateTime.ToString("O") };
        Write(all);
    }

    /// <summary>Forgets what is stored for a registry; false when nothing is.</summary>
    public static bool Forget(Uri server)
    {
        var all = Read();
        var was = all.Remove(Key(server));
        if (was)
            Write(all);
        return was;
    }

    static string Key(Uri server) => server.GetLeftPart(UriPartial.Path).TrimEnd('/');

    static JsonObject Read()
    {
        if (!File.Exists(Place))
            return [];
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(Place) & ~Owner) is not UnixFileMode.None and var more)
            throw new WrongUseException($"{Place} can be read or written by others ({more}), so what it holds may be known or foreign.", $"Run chmod 600 {Place}, and assay logout and assay login if somebody could have read it.");
        try
        {
            return JsonNode.Parse(File.ReadAllText(Place)) as JsonObject ?? [];
        }
        catch (JsonException)
        {
            throw new WrongUseException($"{Place} is damaged.", "Remove it and run assay login again.");
        }
    }

    static void Write(JsonObject all)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Place)!, Owner | UnixFileMode.UserExecute);
        var beside = $"{Place}.{Guid.NewGuid():N}.new";
        using (var stream = new FileStream(beside, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = Owner }))
        using (var writer = new StreamWriter(stream))
            writer.Write(all.ToJsonString(new() { WriteIndented = true }));
        File.Move(beside, Place, overwrite: true);
    }
}
