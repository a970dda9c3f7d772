using System.Text.Json.Nodes;
using Assay.Contracts;
using Assay.Server.Http;
using Assay.Server.Identity;
using Assay.Server.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Assay.Server.Policies;

internal static class PolicyEndpoints
{
    public static void MapPolicies(this IEndpointRouteBuilder api)
    {
        api.MapPost("/models/{model}/versions/{version}/gate", Judge).WithTags("Policies").Allows(Permission.Read, On.Model);
        api.MapGet("/models/{model}/versions/{version}/verdicts", Of).WithTags("Policies").Allows(Permission.Read, On.Model);
        api.MapGet("/verdicts/{digest}", One).WithTags("Policies").Asks(Permission.Read);
        var policies = api.MapGroup("/policies").WithTags("Policies");
        policies.MapGet("/", All).Allows(Permission.Known, On.Nothing);
        policies.MapGet("/{name}", Named).Allows(Permission.Known, On.Nothing);
        policies.MapPut("/{name}", Apply).Allows(Permission.Operate, On.Everything);
        policies.MapPost("/check", Check).Allows(Permission.Known, On.Nothing);
    }

    /// <summary>
    /// Asks a gate: the verdict on a version for an environment's slot (<c>primary</c> when none is named), each rule with its reason and its mend.
    /// Signed and stored; the same verdict is given again while nothing that it rests on changes.
    /// </summary>
    internal static Task<Results<Ok<Verdict>, Refused>> Judge(string model, string version, GateBody body, Caller caller, Gatekeeper gate, CancellationToken ct) =>
        gate.Judge(new(model, version, body.Environment ?? "", body.Slot ?? Slots.Primary), caller.Principal, ct).Ok();

    /// <summary>The newest verdict on a version for each environment and slot.</summary>
    internal static Task<Results<Ok<VerdictList>, Refused>> Of(string model, string version, Store store, Registry.Versions versions, VerdictBook book, CancellationToken ct) =>
        store.Read(async Task<Result<VerdictList>> (tx) =>
        {
            var found = await versions.Find(tx, model, version);
            return !found.Ok ? found.Refusal! : new VerdictList(found.Value.Digest is { } digest ? (await book.Of(tx, digest)).ConvertAll(v => v with { Envelope = null }) : []);
        }, ct).Ok();

    /// <summary>One verdict by its digest, with its signed SLSA verification summary.</summary>
    internal static async Task<Results<Ok<Verdict>, Refused>> One(string digest, Caller caller, Store store, VerdictBook book, CancellationToken ct) =>
        !Digest.TryParse(digest, out var id) || await store.Read(tx => book.One(tx, id), ct) is not { } verdict ? new Refused(PolicyRefusals.NoVerdict(digest))
        : await caller.Must(Permission.Read, Touched.Model(verdict.Model, verdict.Environment) with { Asked = $"the verdict {digest}" }, ct) is { } hidden ? new Refused(hidden)
        : TypedResults.Ok(verdict);

    /// <summary>The policies in force; the built-in ones come last.</summary>
    internal static async Task<Ok<PolicyList>> All(PolicyShelf shelf, CancellationToken ct) => TypedResults.Ok(new PolicyList([.. (await Everything(shelf, ct)).Select(p => p with { Yaml = null, Effective = null })]));

    /// <summary>One policy with its document and its effective form.</summary>
    internal static async Task<Results<Ok<PolicyAnswer>, Refused>> Named(string name, PolicyShelf shelf, CancellationToken ct) =>
        (await Everything(shelf, ct)).FirstOrDefault(p => p.Name == name) is { } found ? TypedResults.Ok(found) : new Refused(PolicyRefusals.Unknown(name));

    /// <summary>Puts a policy in force (YAML, <c>kind: Policy</c>); what changed stands in the ledger.</summary>
    internal static async Task<Results<Ok<PolicyChanged>, Refused>> Apply(string name, HttpRequest request, Caller caller, PolicyShelf shelf, CancellationToken ct) =>
        await Changed(shelf.Apply(name, await YamlBody.Read(request, ct), caller.Principal, ct)).Ok();

    /// <summary>Reads a policy as it would be applied, and stores nothing.</summary>
    internal static async Task<Results<Ok<PolicyAnswer>, Refused>> Check(HttpRequest request, CancellationToken ct)
    {
        var yaml = await YamlBody.Read(request, ct);
        var read = PolicyDocument.Read(yaml, "policy");
        return read.Ok ? TypedResults.Ok(PolicyAnswer.Of(read.Value, yaml, builtIn: false)) : new Refused(read.Refusal!);
    }

    static async Task<Result<PolicyChanged>> Changed(Task<Result<PolicyChange>> applying) => (await applying).Map(c => new PolicyChanged(c.Applied.Name, c.Applied.Digest, c.Applied.Revision, c.Changed, c.Previous, c.Diff));

    static async Task<List<PolicyAnswer>> Everything(PolicyShelf shelf, CancellationToken ct) =>
    [
        .. (await shelf.Applied(ct)).Select(a => PolicyAnswer.Of(PolicyShelf.Parsed(a), a.Yaml, builtIn: false) with { Revision = a.Revision, AppliedAt = a.AppliedAt, AppliedBy = a.AppliedBy, Verified = a.Verified }),
        .. BuiltInPolicies.All.Select(p => PolicyAnswer.Of(p.Policy, p.Yaml, builtIn: true)),
    ];
}

/// <summary>What a gate is asked.</summary>
internal sealed record GateBody(string? Environment, string? Slot);

/// <summary>Verdicts without their envelopes.</summary>
internal sealed record VerdictList(IReadOnlyList<Verdict> Verdicts);

/// <summary>Policies without their documents.</summary>
internal sealed record PolicyList(IReadOnlyList<PolicyAnswer> Policies);

/// <summary>A policy at our API.</summary>
internal sealed record PolicyAnswer(string Name, Digest Digest, PolicyMatch Match, bool BuiltIn, string? Yaml, JsonObject? Effective)
{
    public long? Revision { get; init; }

    public DateTimeOffset? AppliedAt { get; init; }

    public string? AppliedBy { get; init; }

    public bool? Verified { get; init; }

    public static PolicyAnswer Of(Policy policy, string yaml, bool builtIn) => new(policy.Name, policy.Digest, policy.Match, builtIn, yaml, policy.ToJson());
}

/// <summary>What an application changed; <see cref="Changed"/> is false when the very same was in force.</summary>
internal sealed record PolicyChanged(string Name, Digest Digest, long Revision, bool Changed, Digest? PreviousDigest, IReadOnlyList<JsonChange> Diff);
