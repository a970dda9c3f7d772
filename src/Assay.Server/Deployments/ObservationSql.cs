using System.Text.Json.Nodes;
using Assay.Server.Storage;

namespace Assay.Server.Deployments;

static class ObservationSql
{
    public sealed record StoredSource(string Name, string Epoch, long Seq, bool Complete, DateTimeOffset HeardAt);

    public sealed record Open(string Id, InstanceKey Key, DateTimeOffset LastAt);

    static StoredSource ReadSource(Row r) => new(r.Text(0), r.Text(1), r.Int(2), r.Bool(3), r.Time(4));

    public static readonly Query<StoredSource> Source = new("SELECT name, epoch, seq, complete, heard_ms FROM deployments_source WHERE environment = @environment AND name = @source", ReadSource);

    public static readonly Query<StoredSource> Sources = new("SELECT name, epoch, seq, complete, heard_ms FROM deployments_source WHERE environment = @environment ORDER BY name", ReadSource);

    public const string Hear = """
        INSERT INTO deployments_source (environment, name, epoch, seq, complete, at_ms, heard_ms, actor)
        VALUES (@environment, @source, @epoch, @seq, @complete, @at, @now, @actor)
        ON CONFLICT (environment, name) DO UPDATE SET epoch = excluded.epoch, seq = excluded.seq, complete = excluded.complete,
          at_ms = excluded.at_ms, heard_ms = excluded.heard_ms, actor = excluded.actor
        """;

    public const string Watch = """
        INSERT INTO deployments_watch (environment, source, model, slot, knew_ms, first_ms) VALUES (@environment, @source, @model, @slot, @knew, @now)
        ON CONFLICT (environment, source, model, slot) DO UPDATE SET knew_ms = COALESCE(excluded.knew_ms, deployments_watch.knew_ms)
        """;

    public const string KnewAll = "UPDATE deployments_watch SET knew_ms = @now WHERE environment = @environment AND source = @source";

    public static readonly Query<Open> OpenOf = new(
        "SELECT id, model, slot, digest, level, last_ms FROM deployments_sighting WHERE environment = @environment AND source = @source AND ended_ms IS NULL",
        r => new(r.Text(0), new(r.Text(1), r.Text(2), r.Digest(3), (int)r.Int(4)), r.Time(5)));

    public const string Begin = """
        INSERT INTO deployments_sighting (id, environment, source, model, slot, digest, level, share, ready, wanted, image, claims, since_ms, first_ms, last_ms)
        VALUES (@id, @environment, @source, @model, @slot, @digest, @level, @share, @ready, @wanted, @image, @claims, @since, @now, @now)
        """;

    public const string GoOn = """
        UPDATE deployments_sighting SET share = @share, ready = @ready, wanted = @wanted, image = @image, claims = @claims,
          since_ms = COALESCE(CAST(@since AS BIGINT), since_ms), last_ms = @now
        WHERE id = @id
        """;

    public const string End = "UPDATE deployments_sighting SET ended_ms = @at WHERE id = @id";

    const string SightingColumns = "digest, level, share, ready, wanted, since_ms, last_ms, source, image, claims, first_ms, ended_ms";

    static Sighting ReadSighting(Row r) => new(r.Digest(0), (int)r.Int(1), r.Real(2), r.IntOrNull(3), r.IntOrNull(4), r.Time(5), r.Time(6), r.Text(7), false,
        r.TextOrNull(8), r.TextOrNull(9) is { } claims ? JsonNode.Parse(claims) as JsonObject : null)
    { FirstSeen = r.Time(10), EndedAt = r.TimeOrNull(11) };

    /// <summary>What was running in a slot at a time: intervals that had begun and had not ended.</summary>
    public static readonly Query<Sighting> At = new($"""
        SELECT {SightingColumns} FROM deployments_sighting
        WHERE environment = @environment AND model = @model AND slot = @slot AND first_ms <= @at AND (ended_ms IS NULL OR ended_ms > @at)
        ORDER BY level DESC, digest
        """, ReadSighting);

    /// <summary>The intervals of a slot, newest first.</summary>
    public static readonly Query<Sighting> History = new($"""
        SELECT {SightingColumns} FROM deployments_sighting
        WHERE environment = @environment AND model = @model AND slot = @slot ORDER BY first_ms DESC LIMIT 200
        """, ReadSighting);

    public static readonly Query<Watch> Watches = new("""
        SELECT w.source, w.knew_ms, w.first_ms, s.complete, s.seq FROM deployments_watch w
        JOIN deployments_source s ON s.environment = w.environment AND s.name = w.source
        WHERE w.environment = @environment AND w.model = @model AND w.slot = @slot AND w.first_ms <= @at ORDER BY w.source
        """, r => new(r.Text(0), r.TimeOrNull(1), r.Time(2), r.Bool(3), r.Int(4)));

    /// <summary>Every slot that somebody reported or watches.</summary>
    public static readonly Query<SlotName> Slots = new("""
        SELECT environment, model, slot FROM deployments_report UNION SELECT environment, model, slot FROM deployments_watch ORDER BY environment, model, slot
        """, r => new(r.Text(0), r.Text(1), r.Text(2)));
}

/// <summary>A source's watch over a slot.</summary>
sealed record Watch(string Source, DateTimeOffset? KnewAt, DateTimeOffset FirstAt, bool Complete, long Seq);

/// <summary>One slot of one model in one environment.</summary>
public readonly record struct SlotName(string Environment, string Model, string Slot);
