using System.IO.Compression;
using System.Security.Cryptography;

namespace Assay.Server.Pages.Layout;

/// <summary>One file that pages load, at an address made of its content: it may be cached for ever.</summary>
public sealed class Asset
{
    /// <summary>The style sheet.</summary>
    public static readonly Asset Style = new("assay.css", "text/css; charset=utf-8");

    /// <summary>The script, which only enhances.</summary>
    public static readonly Asset Script = new("assay.js", "text/javascript; charset=utf-8");

    /// <summary>The mark of the assay office.</summary>
    public static readonly Asset Mark = new("mark.svg", "image/svg+xml");

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<Asset> All = [Style, Script, Mark];

    Asset(string name, string type)
    {
        using var stream = typeof(Asset).Assembly.GetManifestResourceStream("Assay.Server.Pages.Layout." + name)
            ?? throw new InvalidOperationException($"The program was built without its asset {name}.");
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        Bytes = bytes.ToArray();
        Type = type;
        Hash = Convert.ToHexStringLower(SHA256.HashData(Bytes))[..16];
        FileName = $"{Path.GetFileNameWithoutExtension(name)}.{Hash}{Path.GetExtension(name)}";
        Address = "/assets/" + FileName;
        using var small = new MemoryStream();
        using (var brotli = new BrotliStream(small, CompressionLevel.SmallestSize, leaveOpen: true))
            brotli.Write(Bytes);
        Compressed = small.ToArray();
    }

    /// <summary>The content.</summary>
    public byte[] Bytes { get; }

    /// <summary>The content as Brotli.</summary>
    public byte[] Compressed { get; }

    /// <summary>The media type.</summary>
    public string Type { get; }

    /// <summary>The first 16 hex digits of the content's SHA-256.</summary>
    public string Hash { get; }

    /// <summary>Name with the hash in it.</summary>
    public string FileName { get; }

    /// <summary>Where it is served.</summary>
    public string Address { get; }
}
