using System.Text;
using System.Text.Json.Nodes;

namespace Assay.Contracts.Package;

/// <summary>One file of a version: its path inside the model folder (UTF-8, '/'), size in bytes and content digest.</summary>
public sealed record PackageFile(string Path, long Size, Digest Digest);

/// <summary>
/// The OCI image manifest of a version in the CNCF ModelPack layout, whose SHA-256 is the version's digest (interfaces §3).
/// Deterministic: layers in ordinal order of their UTF-8 paths, one raw layer per file, no times, no owners.
/// </summary>
public static class OciManifest
{
    public const string ManifestType = "application/vnd.oci.image.manifest.v1+json";
    public const string ArtifactType = "application/vnd.cncf.model.manifest.v1+json";
    public const string ConfigType = "application/vnd.cncf.model.config.v1+json";
    public const string LayerType = "application/vnd.cncf.model.weight.v1.raw";
    public const string FilePath = "org.cncf.model.filepath";

    /// <summary>Builds config and manifest, both as canonical bytes.</summary>
    public static BuiltPackage Build(string model, string runId, Digest seal, IEnumerable<PackageFile> files)
    {
        var ordered = files.OrderBy(f => f.Path, Utf8Ordinal).ToList();
        var config = CanonicalJson.Bytes(new JsonObject
        {
            ["descriptor"] = new JsonObject { ["name"] = model },
            ["modelfs"] = new JsonObject { ["type"] = "layers", ["diffIds"] = new JsonArray([.. ordered.Select(f => JsonValue.Create(f.Digest.ToString()))]) },
            ["config"] = new JsonObject(),
            ["assay"] = new JsonObject { ["run_id"] = runId, ["seal"] = seal.ToString() },
        });
        var manifest = CanonicalJson.Bytes(new JsonObject
        {
            ["schemaVersion"] = 2,
            ["mediaType"] = ManifestType,
            ["artifactType"] = ArtifactType,
            ["config"] = Descriptor(ConfigType, Digest.Of(config), config.Length),
            ["layers"] = new JsonArray([.. ordered.Select(f =>
            {
                var layer = Descriptor(LayerType, f.Digest, f.Size);
                layer["annotations"] = new JsonObject { [FilePath] = f.Path };
                return layer;
            })]),
        });
        return new(Digest.Of(manifest), manifest, config, ordered);
    }

    /// <summary>The files that a manifest names; throws <see cref="FormatException"/> when it is not one of ours.</summary>
    public static IReadOnlyList<PackageFile> Files(ReadOnlySpan<byte> manifest)
    {
        try
        {
            var layers = JsonNode.Parse(manifest)!["layers"]!.AsArray();
            return [.. layers.Select(l => new PackageFile((string)l!["annotations"]![FilePath]!, (long)l["size"]!, Digest.Parse((string)l["digest"]!)))];
        }
        catch (Exception e) when (e is NullReferenceException or InvalidOperationException or System.Text.Json.JsonException)
        {
            throw new FormatException("this is no ModelPack manifest with raw layers", e);
        }
    }

    /// <summary>Compares by the bytes of the UTF-8 form, which differs from UTF-16 order beyond the basic plane.</summary>
    public static readonly IComparer<string> Utf8Ordinal =
        Comparer<string>.Create((a, b) => Encoding.UTF8.GetBytes(a).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(b)));

    static JsonObject Descriptor(string type, Digest digest, long size) => new() { ["mediaType"] = type, ["digest"] = digest.ToString(), ["size"] = size };
}

/// <summary>A version's identity and the bytes it stands for.</summary>
public sealed record BuiltPackage(Digest Digest, byte[] Manifest, byte[] Config, IReadOnlyList<PackageFile> Files);
