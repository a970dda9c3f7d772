using System.Security.Cryptography;
using System.Text;
using Assay.Plots.Reports;
using Assay.Server.Evidence;
using Assay.Server.Pages.Errors;
using Assay.Server.Pages.Layout;
using Assay.Server.Pages.Parts;
using Assay.Server.Registry;
using Assay.Server.Storage;
using Microsoft.AspNetCore.Http;

namespace Assay.Server.Pages.Version;

/// <summary>The report of a version: the same function that writes <c>report.html</c>, over the evidence that is recorded.</summary>
internal static class ReportPages
{
    /// <summary>The document has its style inside; these very bytes are allowed, and nothing else.</summary>
    static readonly string Policy = $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(EvaluationPage.Style)))}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    internal static async Task<IResult> Show(string model, string version, HttpContext context, Store store, Versions versions, EvidenceShelf shelf, CancellationToken ct)
    {
        var found = await store.Read(tx => versions.Find(tx, model, version), ct);
        if (!found.Ok)
            return Drawn.As<ErrorPage>(ErrorView.Refused(found.Refusal!, ($"{model}, all versions", Addresses.Model(model)), ("Overview of all models", "/")), StatusCodes.Status404NotFound);
        var one = found.Value;
        var all = one.Digest is { } digest ? await store.Read(tx => shelf.Of(tx, digest), ct) : [];
        var sound = all.Where(piece => piece is { State: EvidenceState.Sound, Evaluation: not null }).ToArray();
        var page = EvaluationPage.Of(
            new(one.Model, $"v{one.Number}", one.Digest) { Back = Addresses.Version(one.Model, one.Number), LeftOut = all.Count - sound.Length },
            [.. sound.DistinctBy(piece => (piece.Kind, piece.Evaluation!.Suite?.Name)).Select(piece => new ReportPiece(piece.Evaluation!) { Id = piece.Digest, At = piece.MeasuredAt, By = piece.By })]);
        context.Response.Headers.ContentSecurityPolicy = Policy;
        var bytes = Encoding.UTF8.GetBytes(page);
        return Results.Bytes(bytes, "text/html; charset=utf-8", entityTag: new($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes)[..12])}\""));
    }
}
