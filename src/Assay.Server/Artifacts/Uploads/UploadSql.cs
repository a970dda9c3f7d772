using Assay.Contracts;
using Assay.Server.Storage;

namespace Assay.Server.Artifacts.Uploads;

/// <summary>One upload in parts; <see cref="Content"/> once it was completed.</summary>
sealed record UploadRow(string Path, long Parts, DateTimeOffset CreatedAt, Content? Content);

/// <summary>One part that has come: its number, counted from 1, and what the store keeps of it.</summary>
sealed record PartRow(long Number, StoredPart Part);

static class UploadSql
{
    public const string Begin = "INSERT INTO artifacts_upload (id, path, parts, created_ms) VALUES (@id, @path, @parts, @at)";

    public static readonly Query<UploadRow> One = new("SELECT path, parts, created_ms, digest, size FROM artifacts_upload WHERE id = @id",
        r => new(r.Text(0), r.Int(1), r.Time(2), r.TextOrNull(3) is { } digest ? new(Digest.Parse(digest), r.Int(4)) : null));

    public const string PutPart = """
        INSERT INTO artifacts_part (upload, number, name, digest, size) VALUES (@id, @number, @name, @digest, @size)
        ON CONFLICT (upload, number) DO UPDATE SET name = EXCLUDED.name, digest = EXCLUDED.digest, size = EXCLUDED.size
        """;

    public static readonly Query<PartRow> Parts = new("SELECT number, name, digest, size FROM artifacts_part WHERE upload = @id ORDER BY number",
        r => new(r.Int(0), new(r.Text(1), r.Digest(2), r.Int(3))));

    public const string Complete = "UPDATE artifacts_upload SET digest = @digest, size = @size WHERE id = @id";

    public const string ForgetParts = "DELETE FROM artifacts_part WHERE upload = @id";

    public const string Forget = "DELETE FROM artifacts_upload WHERE id = @id";

    public const string ForgetOldParts = "DELETE FROM artifacts_part WHERE upload IN (SELECT id FROM artifacts_upload WHERE created_ms < @before)";

    public const string ForgetOld = "DELETE FROM artifacts_upload WHERE created_ms < @before";
}
