using System.Text.Json;
using System.Text.Json.Nodes;
using Assay.Contracts;
using Assay.Contracts.Evidence;
using Assay.Server.Storage;

namespace Assay.Server.Promotions;

static class PromotionSql
{
    const string Columns = "id, kind, model, number, digest, environment, slot, verdict, made_ms, not_after_ms, actor, verified, entry, approvals, request, replaces, reason, envelope, seq";

    public const string Insert = """
        INSERT INTO promotions_promotion (id, model, environment, slot, seq, kind, digest, number, verdict, made_ms, not_after_ms, actor, verified, entry, request, replaces, reason, approvals, envelope)
        VALUES (@id, @model, @environment, @slot, @seq, @kind, @digest, @number, @verdict, @at, @not_after, @actor, @verified, @entry, @request, @replaces, @reason, @approvals, @envelope)
        """;

    public static readonly Query<PromotionView> History = new($"""
        SELECT {Columns} FROM promotions_promotion WHERE model = @model AND environment = @environment AND slot = @slot ORDER BY seq DESC
        """, Read);

    public static readonly Query<PromotionView> Newest = new($"""
        SELECT {Columns} FROM promotions_promotion WHERE model = @model AND environment = @environment AND slot = @slot ORDER BY seq DESC LIMIT 1
        """, Read);

    public static readonly Query<PromotionView> ById = new($"SELECT {Columns} FROM promotions_promotion WHERE id = @id", Read);

    public static readonly Query<PromotionView> Active = new($"""
        SELECT {Columns} FROM promotions_promotion p
        WHERE NOT EXISTS (SELECT 1 FROM promotions_promotion n WHERE n.model = p.model AND n.environment = p.environment AND n.slot = p.slot AND n.seq > p.seq)
        ORDER BY model, environment, slot
        """, Read);

    public static readonly Query<PromotionView> ActiveOf = new($"""
        SELECT {Columns} FROM promotions_promotion p
        WHERE model = @model AND NOT EXISTS (SELECT 1 FROM promotions_promotion n WHERE n.model = p.model AND n.environment = p.environment AND n.slot = p.slot AND n.seq > p.seq)
        ORDER BY environment, slot
        """, Read);

    /// <summary>The verdict that each promotion of a model rests on.</summary>
    public static readonly Query<Digest> VerdictsOf = new("SELECT verdict FROM promotions_promotion WHERE model = @model", r => r.Digest(0));

    static PromotionView Read(Row r) => new(r.Text(0), Enum.Parse<PromotionKind>(r.Text(1)), r.Text(2), r.Int(3), r.Digest(4), r.Text(5), r.Text(6), r.Digest(7),
        r.Time(8), r.Time(9), r.Text(10), r.Bool(11), r.Text(12), JsonSerializer.Deserialize<CountedApproval[]>(r.Text(13))!, r.TextOrNull(14), r.DigestOrNull(15), r.TextOrNull(16))
    {
        Envelope = DsseEnvelope.Read(JsonNode.Parse(r.Text(17))),
        Seq = r.Int(18),
    };
}
