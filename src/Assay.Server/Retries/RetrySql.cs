using Assay.Server.Storage;

namespace Assay.Server.Retries;

/// <summary>A unit that was done: of which body, and what it answered (JSON of that type).</summary>
sealed record DoneUnit(string Body, string Type, string Result);

static class RetrySql
{
    public const string TakeStep = """
        INSERT INTO retries_unit (request, step, body, type, at_ms) VALUES (@request, @step, @body, @type, @at) ON CONFLICT DO NOTHING
        """;

    public const string SetResult = "UPDATE retries_unit SET result = @result WHERE request = @request AND step = @step";

    public static readonly Query<DoneUnit> Unit = new("SELECT body, type, result FROM retries_unit WHERE request = @request AND step = @step",
        r => new(r.Text(0), r.Text(1), r.Text(2)));

    public const string KeepAnswer = """
        INSERT INTO retries_answer (request, body, status, media_type, location, content, at_ms)
        VALUES (@request, @body, @status, @type, @location, @content, @at) ON CONFLICT DO NOTHING
        """;

    public static readonly Query<(string Body, KeptAnswer Answer)> Answer = new("SELECT body, status, media_type, location, content FROM retries_answer WHERE request = @request",
        r => (r.Text(0), new((int)r.Int(1), r.TextOrNull(2), r.TextOrNull(3), r.Bytes(4))));

    public const string ForgetUnits = """
        DELETE FROM retries_unit WHERE (request, step) IN (SELECT request, step FROM retries_unit WHERE at_ms < @before LIMIT 2000)
        """;

    public const string ForgetAnswers = """
        DELETE FROM retries_answer WHERE request IN (SELECT request FROM retries_answer WHERE at_ms < @before LIMIT 2000)
        """;
}
