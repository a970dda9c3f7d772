using Assay.Server.Storage;

namespace Assay.Server.Tracking;

/// <summary>Where an imported run or logged model came from, and whether all of it is here.</summary>
public sealed record ImportRow(string Origin, bool Complete);

static class ImportSql
{
    public static readonly Query<ImportRow> Of = new("SELECT origin, complete FROM tracking_import WHERE id = @id", r => new(r.Text(0), r.Bool(1)));

    public static readonly Query<string> OriginOf = new("SELECT origin FROM tracking_import WHERE id = @id", r => r.Text(0));

    public const string Note = "INSERT INTO tracking_import (id, origin, complete, at_ms) VALUES (@id, @origin, FALSE, @at)";

    public const string Complete = "UPDATE tracking_import SET complete = TRUE, at_ms = @at WHERE id = @id";
}
