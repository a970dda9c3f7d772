using Assay.Server.Storage;

namespace Assay.Server.Access.People.Sessions;

/// <summary>A browser's session, under its present cookie.</summary>
/// <param name="Id">Its public id, the same for all cookies that it has one after the other.</param>
/// <param name="Holder">The person's id, or <c>token:ID</c> where it was begun with a personal token.</param>
/// <param name="CookieAt">When its present cookie was made.</param>
/// <param name="SeenAt">When it was last used, to the minute.</param>
/// <param name="EndsAt">When it ends, whatever happens.</param>
public sealed record Session(string Id, string Holder, DateTimeOffset CookieAt, DateTimeOffset SeenAt, DateTimeOffset EndsAt);

static class SessionSql
{
    public const string Insert = "INSERT INTO access_session (hash, id, person, began_ms, seen_ms, ends_ms) VALUES (@hash, @id, @holder, @at, @at, @ends)";

    /// <summary>A session by the hash of its cookie, and the revision of the access policy in force: one look for both.</summary>
    public static readonly Query<(Session Session, long Revision)> ByHash = new("""
        SELECT s.id, s.person, s.began_ms, s.seen_ms, s.ends_ms, (SELECT COALESCE(MAX(revision), 0) FROM access_policy) FROM access_session s WHERE s.hash = @hash
        """, r => (new(r.Text(0), r.Text(1), r.Time(2), r.Time(3), r.Time(4)), r.Int(5)));

    public const string Seen = "UPDATE access_session SET seen_ms = @at WHERE hash = @hash";

    /// <summary>Ends an old cookie soon; of several requests at once one succeeds.</summary>
    public const string Retire = "UPDATE access_session SET ends_ms = @soon WHERE hash = @hash AND ends_ms = @ends";

    public const string End = "DELETE FROM access_session WHERE id = @id";

    public const string Forget = "DELETE FROM access_session WHERE ends_ms < @now";
}
