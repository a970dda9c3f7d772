using Assay.Server.Http;
using Assay.Server.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Assay.Server.Access.People;

internal static class PersonEndpoints
{
    public static void MapPeople(this IEndpointRouteBuilder api)
    {
        var people = api.MapGroup("/people").WithTags("Identity");
        people.MapGet("/", All).Allows(Permission.Administer, On.Everything);
        people.MapDelete("/{id}", Forget).Allows(Permission.Administer, On.Everything);
    }

    /// <summary>Everybody who signed in or was made administrator, as their provider described them then.</summary>
    internal static async Task<Ok<PersonList>> All(Persons persons, CancellationToken ct) =>
        TypedResults.Ok(new PersonList([.. (await persons.Everybody(ct)).Select(p => new PersonView(p.Id, p.Name, p.Email, p.Groups, p.Admin, p.SeenAt))]));

    /// <summary>Forgets a person who left: name, address and groups are erased, all tokens revoked, all sessions ended, and what the first administrator's token gave is gone. The ledger keeps the id.</summary>
    internal static async Task<Results<NoContent, Refused>> Forget(string id, Caller caller, Leaving leaving, CancellationToken ct) =>
        await leaving.Forget(caller.Principal, id, ct) is { Ok: false } refused ? new Refused(refused.Refusal!) : TypedResults.NoContent();
}

/// <summary>People whom the registry knows.</summary>
internal sealed record PersonList(IReadOnlyList<PersonView> People);

/// <summary>A person; <see cref="Admin"/>: by the first administrator's token, whatever the groups.</summary>
internal sealed record PersonView(string Id, string Name, string? Email, IReadOnlyList<string> Groups, bool Admin, DateTimeOffset SeenAt);
