using Assay.Contracts.Package;
using Assay.Server.Storage;

namespace Assay.Server.Registry;

static class PackageSql
{
    public const string Insert = "INSERT INTO registry_package (digest, manifest, config, facts) VALUES (@digest, @manifest, @config, @facts) ON CONFLICT DO NOTHING";

    public const string InsertFiles = """
        INSERT INTO registry_file (digest, path, content, size) SELECT r.digest, r.path, r.content, r.size FROM {rows} WHERE TRUE ON CONFLICT DO NOTHING
        """;

    public static readonly Query<PackageView> One = new("SELECT manifest, config, facts FROM registry_package WHERE digest = @digest", r => new(r.Bytes(0), r.Bytes(1), r.Text(2)));

    public static readonly Query<PackageFile> Files = new("SELECT path, size, content FROM registry_file WHERE digest = @digest ORDER BY path", r => new(r.Text(0), r.Int(1), r.Digest(2)));

    /// <summary>The models that have a version with this content, and its size.</summary>
    public static readonly Query<(string Model, long Size)> HoldersOf = new("""
        SELECT DISTINCT m.name, f.size FROM registry_file f JOIN registry_version v ON v.digest = f.digest JOIN registry_model m ON m.id = v.model_id
        WHERE f.content = @content AND NOT v.deleted AND NOT m.deleted
        """, r => (r.Text(0), r.Int(1)));
}
