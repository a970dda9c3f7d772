using Assay.Contracts;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Assay.Server.Artifacts;

/// <summary>What a request wants of a content (RFC 9110 §13, §14): all, one range, or nothing because it has it already.</summary>
sealed record ContentConditions(int Status, ByteRange? Range, long Size)
{
    /// <summary>How many bytes the answer has.</summary>
    public long Count => Range?.Count ?? Size;

    public static ContentConditions Of(HttpRequest request, Digest digest, long size)
    {
        var headers = request.GetTypedHeaders();
        var tag = new EntityTagHeaderValue($"\"{digest.Hex}\"");
        if (headers.IfMatch is { Count: > 0 } wanted && !wanted.Any(t => t.Equals(EntityTagHeaderValue.Any) || t.Compare(tag, useStrongComparison: true)))
            return new(StatusCodes.Status412PreconditionFailed, null, size);
        if (headers.IfNoneMatch is { Count: > 0 } known && known.Any(t => t.Equals(EntityTagHeaderValue.Any) || t.Compare(tag, useStrongComparison: false)))
            return new(StatusCodes.Status304NotModified, null, size);
        // Several ranges, other units and a part of something else are answered with the whole, as the standard allows.
        if (headers.Range is not { Unit.Value: "bytes", Ranges: { Count: 1 } ranges } || (request.Headers.IfRange.Count > 0 && headers.IfRange?.EntityTag?.Compare(tag, useStrongComparison: true) != true))
            return new(StatusCodes.Status200OK, null, size);
        return Within(ranges.Single(), size) is { } range ? new(StatusCodes.Status206PartialContent, range, size) : new(StatusCodes.Status416RangeNotSatisfiable, null, size);
    }

    static ByteRange? Within(RangeItemHeaderValue asked, long size)
    {
        if (asked.From is not { } from)
            return asked.To is > 0 and var last && size > 0 ? new(Math.Max(0, size - last), Math.Min(size, last)) : null;
        return from < size ? new(from, Math.Min(asked.To ?? long.MaxValue - 1, size - 1) - from + 1) : null;
    }
}
