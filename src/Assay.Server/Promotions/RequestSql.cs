using System.Text.Json;
using Assay.Server.Storage;

namespace Assay.Server.Promotions;

static class RequestSql
{
    const string Columns = "id, model, environment, slot, digest, number, state, open, comment, opened_by, verified, opened_ms, expires_ms, verdict, promotion";

    public const string Insert = """
        INSERT INTO promotions_request (id, model, environment, slot, digest, number, state, open, comment, opened_by, verified, opened_ms, expires_ms, verdict)
        VALUES (@id, @model, @environment, @slot, @digest, @number, @state, TRUE, @comment, @by, @verified, @at, @expires, @verdict)
        """;

    public const string Update = "UPDATE promotions_request SET state = @state, open = @open, verdict = @verdict, promotion = @promotion WHERE id = @id";

    public static readonly Query<PromotionRequest> ById = new($"SELECT {Columns} FROM promotions_request WHERE id = @id", Read);

    public static readonly Query<PromotionRequest> OpenFor = new($"""
        SELECT {Columns} FROM promotions_request WHERE model = @model AND environment = @environment AND slot = @slot AND digest = @digest AND open
        """, Read);

    public static readonly Query<PromotionRequest> OpenIn = new($"""
        SELECT {Columns} FROM promotions_request WHERE model = @model AND environment = @environment AND slot = @slot AND open ORDER BY id
        """, Read);

    public static readonly Query<PromotionRequest> OpenOf = new($"SELECT {Columns} FROM promotions_request WHERE digest = @digest AND open ORDER BY id", Read);

    public static readonly Query<PromotionRequest> AllOpen = new($"SELECT {Columns} FROM promotions_request WHERE open ORDER BY id", Read);

    public static readonly Query<PromotionRequest> Listed = new($$"""
        SELECT {{Columns}} FROM promotions_request
        WHERE (CAST(@model AS TEXT) IS NULL OR model = @model) AND (CAST(@environment AS TEXT) IS NULL OR environment = @environment) AND (open OR NOT @open)
          AND (CAST(@before AS TEXT) IS NULL OR id < @before) AND (@all OR environment || '/' || model {among})
        ORDER BY id DESC LIMIT @limit
        """, Read);

    /// <summary>What requests are about: few, however many requests there are.</summary>
    public static readonly Query<(string Model, string Environment)> Subjects = new("SELECT DISTINCT model, environment FROM promotions_request", r => (r.Text(0), r.Text(1)));

    public const string AddDecision = """
        INSERT INTO promotions_decision (id, request, approves, actor, verified, roles, comment, verdict, at_ms)
        VALUES (@id, @request, @approves, @actor, @verified, @roles, @comment, @verdict, @at)
        """;

    public static readonly Query<Decision> Decisions = new(
        "SELECT id, approves, actor, verified, roles, comment, verdict, at_ms FROM promotions_decision WHERE request = @request ORDER BY id",
        r => new(r.Text(0), r.Bool(1), r.Text(2), r.Bool(3), JsonSerializer.Deserialize<string[]>(r.Text(4))!, r.TextOrNull(5), r.Digest(6), r.Time(7)));

    public const string AddStep = """
        INSERT INTO promotions_step (request, seq, at_ms, what, actor, words)
        SELECT @request, COALESCE(MAX(seq), 0) + 1, @at, @what, @actor, @words FROM promotions_step WHERE request = @request
        """;

    public static readonly Query<RequestStep> Steps = new("SELECT at_ms, what, actor, words FROM promotions_step WHERE request = @request ORDER BY seq",
        r => new(r.Time(0), r.Text(1), r.Text(2), r.Text(3)));

    static PromotionRequest Read(Row r) => new(r.Text(0), r.Text(1), r.Text(2), r.Text(3), r.Digest(4), r.Int(5), Enum.Parse<RequestState>(r.Text(6)), r.Bool(7), r.TextOrNull(8),
        r.Text(9), r.Bool(10), r.Time(11), r.Time(12), r.Digest(13), r.TextOrNull(14));
}
