using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Assay.Client;

/// <summary>
/// Data a run used: a name, a digest over all of its bytes and where it came from.
/// MLflow's field holds 36 characters, so the digest is the first 32 hex digits of the SHA-256; the whole one stands in the profile.
/// </summary>
public sealed record Dataset
{
    const int DigestLength = 32;

    Dataset(string name, string sha256, DatasetSource source) => (Name, Sha256, Source) = (name, sha256, source);

    /// <summary>A name for people, such as <c>credit-train</c>.</summary>
    public string Name { get; }

    /// <summary>The SHA-256 of the bytes, 64 hex digits.</summary>
    public string Sha256 { get; }

    /// <summary>What MLflow shows as digest: 128 bits of the SHA-256.</summary>
    public string Digest => Sha256[..DigestLength];

    /// <summary>Where it came from.</summary>
    public DatasetSource Source { get; }

    /// <summary>Its columns, if it is a table.</summary>
    public TableSchema? Schema { get; init; }

    /// <summary>How many rows it has.</summary>
    public long? Rows { get; init; }

    /// <summary>Data in a file; the file is hashed.</summary>
    /// <param name="path">The file.</param>
    /// <param name="name">A name for people; the file's own without its ending when null.</param>
    /// <param name="source">Where the file came from; the file itself when null.</param>
    /// <param name="ct">Ends the reading.</param>
    public static async Task<Dataset> FromFileAsync(string path, string? name = null, DatasetSource? source = null, CancellationToken ct = default)
    {
        var file = File.OpenRead(path);
        await using (file.ConfigureAwait(false))
        {
            var hash = await SHA256.HashDataAsync(file, ct).ConfigureAwait(false);
            return new(name ?? Path.GetFileNameWithoutExtension(path), Convert.ToHexStringLower(hash), source ?? DatasetSource.Local(path));
        }
    }

    /// <summary>Data in memory, such as the part of a file that training saw.</summary>
    public static Dataset FromBytes(ReadOnlySpan<byte> bytes, string name, DatasetSource source) => new(name, Convert.ToHexStringLower(SHA256.HashData(bytes)), source);

    internal void Write(Utf8JsonWriter to)
    {
        to.WriteString("name", Name);
        to.WriteString("digest", Digest);
        to.WriteString("source_type", Source.Type);
        to.WriteString("source", Source.Json);
        if (Schema is not null)
            to.WriteString("schema", Schema.ToDatasetSchema());
        to.WriteString("profile", Profile().ToJsonString());
    }

    JsonObject Profile()
    {
        var profile = new JsonObject { ["sha256"] = Sha256 };
        if (Rows is { } rows)
            profile["num_rows"] = rows;
        if (Rows is { } count && Schema is { } schema)
            profile["num_elements"] = count * schema.Columns.Count;
        return profile;
    }
}
