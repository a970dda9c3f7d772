using Assay.Contracts;
using Assay.Contracts.Evidence;
using Assay.Server.Http;
using Assay.Server.Identity;
using Assay.Server.Registry;
using Assay.Server.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Assay.Server.Evidence;

internal static class EvidenceEndpoints
{
    /// <summary>The most bytes of a statement or an envelope.</summary>
    const int Most = 4 * 1024 * 1024;

    public static void MapEvidence(this IEndpointRouteBuilder api)
    {
        var ofVersion = api.MapGroup("/models/{model}/versions/{version}/evidence").WithTags("Evidence");
        ofVersion.MapPost("/", Submit).Allows(Permission.SubmitEvidence, On.Model);
        ofVersion.MapGet("/", Of).Allows(Permission.Read, On.Model);
        api.MapGet("/evidence/{digest}", One).WithTags("Evidence").Asks(Permission.Read);
    }

    /// <summary>
    /// Records a signed measurement of one version: an in-toto statement (<c>application/json</c>), which the server signs for its sender, or a
    /// DSSE envelope that the sender signed with a registered key. The very same statement again is answered with 200 and changes nothing.
    /// </summary>
    internal static async Task<Results<Created<Receipt>, Ok<Receipt>, Refused>> Submit(string model, string version, HttpRequest request, Caller caller, EvidenceDesk desk, CancellationToken ct)
    {
        var type = request.ContentType?.Split(';')[0].Trim();
        if (type is not ("application/json" or DsseEnvelope.MediaType))
            return new Refused(EvidenceRefusals.MediaType(type));
        if (await Body(request, ct) is not { } body)
            return new Refused(EvidenceRefusals.TooLarge(Most));
        var taken = await desk.Accept(new(model, version, type == DsseEnvelope.MediaType, body), caller.Principal, ct);
        if (!taken.Ok)
            return new Refused(taken.Refusal!);
        var receipt = Receipt.Of(taken.Value.View);
        return taken.Value.New ? TypedResults.Created($"/api/assay/v1/evidence/{receipt.Digest}", receipt) : TypedResults.Ok(receipt);
    }

    /// <summary>All evidence about one version, newest first.</summary>
    internal static Task<Results<Ok<EvidenceList>, Refused>> Of(string model, string version, Store store, Versions versions, EvidenceShelf shelf, CancellationToken ct) =>
        store.Read(async Task<Result<EvidenceList>> (tx) =>
        {
            var found = await versions.Find(tx, model, version);
            return !found.Ok ? found.Refusal!
                : new EvidenceList(found.Value.Digest is { } digest ? (await shelf.Of(tx, digest)).ConvertAll(Receipt.Of) : []);
        }, ct).Ok();

    /// <summary>One piece of evidence with its statement, its envelope and the server's receipt.</summary>
    internal static async Task<Results<Ok<WholeEvidence>, Refused>> One(string digest, Caller caller, Store store, EvidenceShelf shelf, CancellationToken ct) =>
        !Digest.TryParse(digest, out var id) || await store.Read(tx => shelf.One(tx, id), ct) is not { } found ? new Refused(EvidenceRefusals.Unknown(digest))
        : await caller.Must(Permission.Read, Touched.Model(found.Model) with { Asked = $"the evidence {digest}" }, ct) is { } hidden ? new Refused(hidden)
        : TypedResults.Ok(new WholeEvidence(found));

    static async Task<byte[]?> Body(HttpRequest request, CancellationToken ct)
    {
        if (request.ContentLength > Most)
            return null;
        using var buffer = new MemoryStream();
        var part = new byte[16 * 1024];
        for (int n; (n = await request.Body.ReadAsync(part, ct)) > 0;)
        {
            if (buffer.Length + n > Most)
                return null;
            buffer.Write(part, 0, n);
        }
        return buffer.ToArray();
    }
}
