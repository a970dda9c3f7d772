using System.Text.Json.Nodes;
using Assay.Server.Storage;

namespace Assay.Server.Deployments;

static class ReportSql
{
    const string Columns = "id, environment, model, slot, digest, share, status, at_ms, received_ms, actor, verified, url, revision, named_actor, routing, serving";

    static Report Read(Row r) => new(r.Text(0), r.Text(1), r.Text(2), r.Text(3), r.Digest(4), r.Real(5), Enum.Parse<ReportStatus>(r.Text(6)), r.Time(7), r.Time(8),
        r.Text(9), r.Bool(10), r.TextOrNull(11), r.TextOrNull(12), r.TextOrNull(13), Json(r.TextOrNull(14)), Json(r.TextOrNull(15)));

    public const string Insert = """
        INSERT INTO deployments_report (id, environment, model, slot, number, digest, share, status, at_ms, received_ms, url, revision, named_actor, routing, serving, actor, verified)
        VALUES (@id, @environment, @model, @slot, @number, @digest, @share, @status, @at, @received, @url, @revision, @named, @routing, @serving, @actor, @verified)
        """;

    public static readonly Query<long> Count = new("SELECT COUNT(*) FROM deployments_report WHERE environment = @environment AND model = @model AND slot = @slot", r => r.Int(0));

    /// <summary>The newest reports of a slot that were received by a time; few are enough to know what runs.</summary>
    public static readonly Query<Report> Newest = new($"""
        SELECT {Columns} FROM deployments_report
        WHERE environment = @environment AND model = @model AND slot = @slot AND received_ms <= @at
        ORDER BY number DESC LIMIT 50
        """, Read);

    static JsonNode? Json(string? text) => text is null ? null : JsonNode.Parse(text);
}
