using Assay.Contracts;
using Assay.Server.Storage;

namespace Assay.Server.Artifacts;

/// <summary>One file of the store: its logical path, content and size in bytes.</summary>
public sealed record ArtifactFile(string Path, Digest Digest, long Size);

static class ArtifactSql
{
    static ArtifactFile File(Row r) => new(r.Text(0), r.Digest(1), r.Int(2));

    public static readonly Query<ArtifactFile> One = new("SELECT path, digest, size FROM artifacts_file WHERE path = @path", File);

    // '0' is the character after '/': the range holds what lies below the folder, by the index.
    public static readonly Query<ArtifactFile> Below = new("SELECT path, digest, size FROM artifacts_file WHERE path >= @from AND path < @to ORDER BY path", File);

    public static readonly Query<string> AnyBelow = new("SELECT path FROM artifacts_file WHERE path >= @from AND path < @to ORDER BY path LIMIT 1", r => r.Text(0));

    public const string Put = """
        INSERT INTO artifacts_file (path, digest, size, at_ms) VALUES (@path, @digest, @size, @at)
        ON CONFLICT (path) DO UPDATE SET digest = EXCLUDED.digest, size = EXCLUDED.size, at_ms = EXCLUDED.at_ms
        """;

    public const string Delete = "DELETE FROM artifacts_file WHERE path IN (SELECT r.path FROM {rows})";
}
