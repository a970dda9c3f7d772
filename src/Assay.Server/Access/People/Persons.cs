using System.Text.Json;
using Assay.Server.Access.Policy;
using Assay.Server.Identity;
using Assay.Server.Storage;

namespace Assay.Server.Access.People;

/// <summary>Somebody who signed in. <see cref="Admin"/>: came by the first administrator's token, whatever the groups.</summary>
public sealed record Person(string Id, string Name, string? Email, IReadOnlyList<string> Groups, bool Admin, DateTimeOffset SeenAt);

/// <summary>People as their provider described them when they last signed in.</summary>
public sealed class Persons(Store store, TimeProvider time)
{
    static readonly Query<Person> ById = new("SELECT id, name, email, groups, admin, seen_ms FROM access_person WHERE id = @id",
        r => new(r.Text(0), r.Text(1), r.TextOrNull(2), JsonSerializer.Deserialize<string[]>(r.Text(3))!, r.Bool(4), r.Time(5)));

    static readonly Query<Person> All = new("SELECT id, name, email, groups, admin, seen_ms FROM access_person ORDER BY id", ById.Read);

    const string Admit = """
        INSERT INTO access_person (id, name, email, groups, admin, seen_ms) VALUES (@id, @id, NULL, '[]', @admin, @at)
        ON CONFLICT (id) DO UPDATE SET admin = excluded.admin
        """;

    const string Put = """
        INSERT INTO access_person (id, name, email, groups, admin, seen_ms) VALUES (@id, @name, @email, @groups, @admin, @at)
        ON CONFLICT (id) DO UPDATE SET name = excluded.name, email = excluded.email, groups = excluded.groups, admin = access_person.admin OR excluded.admin, seen_ms = excluded.seen_ms
        """;

    /// <summary>Somebody by id.</summary>
    public Task<Person?> One(string id, CancellationToken ct) => store.First(ById, ct, ("id", id));

    /// <summary>Notes somebody who just signed in, in the caller's unit.</summary>
    public Task SignedIn(Tx tx, Person person) => tx.Execute(Put, ("id", person.Id), ("name", person.Name), ("email", person.Email),
        ("groups", JsonSerializer.Serialize(person.Groups)), ("admin", person.Admin), ("at", time.GetUtcNow()));

    /// <summary>Makes somebody administrator, whatever the groups, in the caller's unit.</summary>
    public Task Appoint(Tx tx, string id) => tx.Execute(Admit, ("id", id), ("admin", true), ("at", time.GetUtcNow()));

    /// <summary>Everybody whom the registry knows.</summary>
    public Task<List<Person>> Everybody(CancellationToken ct) => store.All(All, ct);

    /// <summary>Is, or was when last signed in, anybody administrator?</summary>
    public async Task<bool> AnyAdmin(AccessPolicy policy, CancellationToken ct)
    {
        var any = false;
        await store.Visit(All.Sql, [], row => !(any = GrantsOf(All.Read(row), policy).Any(g => g.RoleKind == "admin")), ct);
        return any;
    }

    /// <summary>What somebody is granted now.</summary>
    public IReadOnlyList<Grant> GrantsOf(Person person, AccessPolicy policy) =>
        [.. policy.GrantsOf(person.Id, [.. person.Groups]), .. person.Admin ? [new Grant("admin")] : Array.Empty<Grant>()];
}
