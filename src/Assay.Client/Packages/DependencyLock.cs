using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Assay.Client;

/// <summary>
/// The packages a .NET program runs with, read from its <c>*.deps.json</c> and written in NuGet's lock file form:
/// every one with its exact version and, as far as the file has it, the hash of its content.
/// </summary>
sealed class DependencyLock
{
    static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    readonly string framework;
    readonly SortedDictionary<string, (string Version, string? Hash, bool Direct)> packages;

    DependencyLock(string framework, SortedDictionary<string, (string, string?, bool)> packages) => (this.framework, this.packages) = (framework, packages);

    /// <summary>The lock of a program: the file given, or the one beside the entry assembly. Null when there is none (a single-file program).</summary>
    public static DependencyLock? Find(string? dependenciesFile)
    {
        var file = dependenciesFile ?? (AppContext.GetData("APP_CONTEXT_DEPS_FILES") as string)?.Split(';').FirstOrDefault(File.Exists) ?? Beside();
        return File.Exists(file) ? Read(JsonElement.Parse(File.ReadAllBytes(file))) : null;
    }

    public string? VersionOf(string package) => packages.TryGetValue(package, out var found) ? found.Version : null;

    /// <summary>NuGet's lock file, version 1; names in ordinal order, so that equal packages give equal bytes.</summary>
    public byte[] Write()
    {
        var listed = new JsonObject();
        foreach (var (name, (version, hash, direct)) in packages)
        {
            var package = new JsonObject { ["type"] = direct ? "Direct" : "Transitive", ["resolved"] = version };
            if (hash is not null)
                package["contentHash"] = hash;
            listed[name] = package;
        }
        return JsonSerializer.SerializeToUtf8Bytes(new JsonObject { ["version"] = 1, ["dependencies"] = new JsonObject { [framework] = listed } }, Readable);
    }

    internal static DependencyLock Read(JsonElement root)
    {
        var target = root.GetProperty("runtimeTarget").GetProperty("name").GetString()!;
        var direct = Direct(root, target);
        var packages = new SortedDictionary<string, (string, string?, bool)>(StringComparer.Ordinal);
        foreach (var library in root.GetProperty("libraries").EnumerateObject())
        {
            var slash = library.Name.IndexOf('/', StringComparison.Ordinal);
            if (slash < 0 || library.Value.GetProperty("type").GetString() != "package")
                continue;
            var name = library.Name[..slash];
            var hash = library.Value.TryGetProperty("sha512", out var sha) ? sha.GetString() : null;
            packages[name] = (library.Name[(slash + 1)..], hash is { Length: > 7 } ? hash["sha512-".Length..] : null, direct.Contains(name));
        }
        return new(Moniker(target), packages);
    }

    /// <summary>What the programs of the solution themselves ask for; everything else came with it.</summary>
    static HashSet<string> Direct(JsonElement root, string target)
    {
        var projects = root.GetProperty("libraries").EnumerateObject().Where(library => library.Value.GetProperty("type").GetString() == "project").Select(library => library.Name).ToHashSet();
        return root.GetProperty("targets").TryGetProperty(target, out var listed)
            ? [.. from library in listed.EnumerateObject()
                  where projects.Contains(library.Name) && library.Value.TryGetProperty("dependencies", out _)
                  from dependency in library.Value.GetProperty("dependencies").EnumerateObject()
                  select dependency.Name]
            : [];
    }

    /// <summary><c>.NETCoreApp,Version=v10.0/linux-x64</c> → <c>net10.0</c>.</summary>
    static string Moniker(string target)
    {
        var version = target.IndexOf("Version=v", StringComparison.Ordinal);
        return version < 0 ? target : "net" + target[(version + "Version=v".Length)..].Split('/')[0];
    }

    static string? Beside() =>
        Assembly.GetEntryAssembly()?.GetName().Name is { } name ? Path.Combine(AppContext.BaseDirectory, name + ".deps.json") : null;
}
