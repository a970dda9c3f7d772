using Assay.Contracts;
using Assay.Server.Access.People;
using Assay.Server.Access.Policy;
using Assay.Server.Http;
using Assay.Server.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Assay.Server.Access;

internal static class AccessEndpoints
{
    public static void MapAccess(this IEndpointRouteBuilder api)
    {
        var access = api.MapGroup("/access").WithTags("Identity");
        access.MapGet("/", All).Allows(Permission.Administer, On.Everything);
        access.MapGet("/{name}", Named).Allows(Permission.Administer, On.Everything);
        access.MapPut("/{name}", Apply).Allows(Permission.Administer, On.Everything);
        access.MapPost("/check", Check).Allows(Permission.Known, On.Nothing);
        api.MapGet("/whoami", Whoami).WithTags("Identity").Allows(Permission.Known, On.Nothing);
    }

    /// <summary>The access policy in force; none in local mode.</summary>
    internal static async Task<Ok<AccessList>> All(AccessBook book, CancellationToken ct) =>
        TypedResults.Ok(new AccessList(await book.Applied(ct) is { } applied ? [AccessAnswer.Of(applied)] : []));

    /// <summary>The access policy of that name, with its document.</summary>
    internal static async Task<Results<Ok<AccessAnswer>, Refused>> Named(string name, AccessBook book, CancellationToken ct) =>
        await book.Applied(ct) is { } applied && AccessAnswer.Of(applied) is var answer && answer.Name == name ? TypedResults.Ok(answer) : new Refused(AccessRefusals.NoPolicy(name));

    /// <summary>Puts an access policy in force (YAML, <c>kind: AccessPolicy</c>); what changed stands in the ledger. Credentials of rules that changed end at once.</summary>
    internal static async Task<Results<Ok<AccessChanged>, Refused>> Apply(string name, HttpRequest request, Caller caller, AccessBook book, FirstAdmin first, CancellationToken ct)
    {
        var applied = await book.Apply(name, await YamlBody.Read(request, ct), caller.Principal, fromFile: false, ct);
        if (!applied.Ok)
            return new Refused(applied.Refusal!);
        // The first policy ends local mode: from here on somebody must be able to come in.
        await first.Prepare(ct);
        return TypedResults.Ok(new AccessChanged(applied.Value.Policy.Name, applied.Value.Policy.Digest, applied.Value.Applied.Revision, applied.Value.Changed, applied.Value.Differences) { FirstAdminToken = first.WaitsAt });
    }

    /// <summary>Reads an access policy as it would be applied and says what it would change; stores nothing.</summary>
    internal static async Task<Results<Ok<AccessChanged>, Refused>> Check(HttpRequest request, AccessBook book, CancellationToken ct)
    {
        var read = AccessDocument.Read(await YamlBody.Read(request, ct), "access policy");
        if (!read.Ok)
            return new Refused(read.Refusal!);
        var differences = AccessDifferences.Of(book.Current, read.Value);
        return TypedResults.Ok(new AccessChanged(read.Value.Name, read.Value.Digest, null, book.Current?.Digest != read.Value.Digest, differences));
    }

    /// <summary>Who the registry takes the caller for, and what it is granted.</summary>
    internal static Ok<CallerView> Whoami(Caller caller) => TypedResults.Ok(new CallerView(caller.Principal.ToString(), caller.Principal.Kind, caller.Principal.Id, caller.Principal.Verified, caller.Principal.Roles)
    {
        Credential = caller.Principal.Credential,
        Job = caller.Principal.Job,
        Grants = caller.Principal.Unbounded ? null : [.. caller.Principal.Grants.Select(GrantView.Of)],
    });
}

/// <summary>The access policies in force: one, or none.</summary>
internal sealed record AccessList(IReadOnlyList<AccessAnswer> Access);

/// <summary>The access policy at our API.</summary>
internal sealed record AccessAnswer(string Name, Digest Digest, long Revision, DateTimeOffset AppliedAt, string AppliedBy, bool Verified, string Yaml)
{
    public static AccessAnswer Of(AppliedAccess applied)
    {
        var policy = applied.Policy();
        return new(policy.Name, policy.Digest, applied.Revision, applied.AppliedAt, applied.AppliedBy, applied.Verified, applied.Yaml);
    }
}

/// <summary>What an application changed, a line each; <see cref="Changed"/> is false when the very same was in force.</summary>
internal sealed record AccessChanged(string Name, Digest Digest, long? Revision, bool Changed, IReadOnlyList<string> Differences)
{
    /// <summary>HOST:FILE of the one-time token by which the first administrator comes in; absent when there is an administrator.</summary>
    public string? FirstAdminToken { get; init; }
}

/// <summary>A principal on the wire.</summary>
internal sealed record CallerView(string Principal, PrincipalKind Kind, string Id, bool Verified, IReadOnlyList<string> Roles)
{
    /// <summary>The public id of the credential.</summary>
    public string? Credential { get; init; }

    /// <summary>The CI job of a workload.</summary>
    public string? Job { get; init; }

    /// <summary>What the access policy grants; absent in local mode, where nothing is withheld.</summary>
    public IReadOnlyList<GrantView>? Grants { get; init; }
}

/// <summary>One role and what it is for; what is absent is not named.</summary>
internal sealed record GrantView(string Role, IReadOnlyList<string>? Experiments, IReadOnlyList<string>? Models, IReadOnlyList<string>? Tiers, IReadOnlyList<string>? Environments, IReadOnlyList<string>? Kinds, bool? LookOnly)
{
    public static GrantView Of(Grant g) => new(g.Role, Some(g.Experiments), Some(g.Models), Some(g.Tiers), Some(g.Environments), Some(g.Kinds), g.LookOnly ? true : null);

    static IReadOnlyList<string>? Some(IReadOnlyList<string> names) => names.Count > 0 ? names : null;
}
