using Assay.Contracts;
using Assay.Server.Http;
using Assay.Server.Identity;
using Assay.Server.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Assay.Server.Deployments;

internal static class DeploymentEndpoints
{
    public static void MapDeployments(this IEndpointRouteBuilder api)
    {
        var live = api.MapGroup("").WithTags("Deployments");
        live.MapPost("/deployments", Report).Asks(Permission.Report);
        live.MapPost("/observations", Observe).Asks(Permission.Report);
        live.MapGet("/environments", All).Allows(Permission.Known, On.Nothing);
        live.MapGet("/environments/{environment}", One).Allows(Permission.Known, On.Nothing);
        live.MapPut("/environments/{environment}", Apply).Allows(Permission.Operate, On.Environment);
    }

    /// <summary>Records what CD did: a claim, never mixed with what is observed.</summary>
    internal static async Task<Results<Created<Report>, Refused>> Report(NewReport body, Caller caller, ReportDesk desk, CancellationToken ct) =>
        await caller.Must(Permission.Report, Touched.Model(body.Model ?? "", body.Environment ?? ""), ct) is { } refusal ? new Refused(refusal) : await desk.Take(body, caller.Principal, ct).Created(r => $"/api/assay/v1/environments/{r.Environment}/models/{Uri.EscapeDataString(r.Model)}?slot={r.Slot}");

    /// <summary>Takes what an observer sees. An older (epoch, seq) is ignored; an incomplete observation never removes anything.</summary>
    internal static async Task<Results<Ok<ObservationTaken>, Refused>> Observe(Observation body, Caller caller, ObservationDesk desk, CancellationToken ct) =>
        await caller.Must(Permission.Report, Touched.InEnvironment(body.Environment ?? ""), ct) is { } refusal ? new Refused(refusal) : await desk.Take(body, caller.Principal, ct).Ok();

    /// <summary>All environments, declared or named.</summary>
    internal static async Task<Ok<EnvironmentList>> All(Environments environments, Store store, CancellationToken ct) =>
        TypedResults.Ok(new EnvironmentList((await store.Read(environments.All, ct)).ConvertAll(EnvironmentBody.Of)));

    /// <summary>One environment with its document and its observers.</summary>
    internal static Task<Results<Ok<EnvironmentBody>, Refused>> One(string environment, Environments environments, Store store, CancellationToken ct) =>
        store.Read(async Task<Result<EnvironmentBody>> (tx) => await environments.Exists(tx, environment)
            ? EnvironmentBody.Of(await environments.Of(tx, environment), await tx.All(ObservationSql.Sources, ("environment", environment)))
            : DeploymentRefusals.NoEnvironment(environment, (await environments.All(tx)).Select(e => e.Name)), ct).Ok();

    /// <summary>Declares an environment with a YAML document (kind: Environment).</summary>
    internal static async Task<Results<Ok<EnvironmentApplied>, Refused>> Apply(string environment, HttpRequest request, Caller caller, Environments environments, CancellationToken ct) =>
        await environments.Apply(environment, await YamlBody.Read(request, ct), caller.Principal, ct).Ok();
}

/// <summary>All environments.</summary>
internal sealed record EnvironmentList(IReadOnlyList<EnvironmentBody> Environments);

/// <summary>One environment on the wire; its document and its observers when asked for alone.</summary>
internal sealed record EnvironmentBody(string Name, bool Declared, IReadOnlyList<string> Slots, IReadOnlyList<string> Owners, string? OnCall, string? Runbook,
    IReadOnlyDictionary<string, string> Grace, IReadOnlyList<string> Agents, DateTimeOffset? AppliedAt, string? AppliedBy, Digest? Digest)
{
    /// <summary>The document as it was applied.</summary>
    public string? Yaml { get; init; }

    /// <summary>Who observes it.</summary>
    public IReadOnlyList<Source>? Sources { get; init; }

    /// <summary>An observer of the environment.</summary>
    internal sealed record Source(string Name, DateTimeOffset LastHeard, bool Complete, string Epoch, long Seq);

    public static EnvironmentBody Of(EnvironmentView e) =>
        new(e.Name, e.Declared, e.Slots, e.Owners, e.OnCall, e.Runbook, e.Grace.Texts(), e.Agents, e.At, e.By, e.Digest);

    public static EnvironmentBody Of(EnvironmentView e, List<ObservationSql.StoredSource> sources) =>
        Of(e) with { Yaml = e.Document, Sources = sources.ConvertAll(s => new Source(s.Name, s.HeardAt, s.Complete, s.Epoch, s.Seq)) };
}
