using System.IO.Pipelines;
using System.Security.Cryptography;
using Assay.Contracts;
using Assay.Contracts.Wire;
using Assay.Server.Identity;
using Assay.Server.Storage;
using Microsoft.Extensions.Hosting;

namespace Assay.Server.Artifacts.Uploads;

/// <summary>
/// Files that come in parts, in any order, to any server. The id of an upload is a secret of its client: whoever has it may add parts, and
/// nothing more. A part is hashed as it comes; nothing shows at the path before all parts stand there as one file, whose digest is taken from
/// the bytes as they are stored.
/// </summary>
public sealed class PartUploads(Store store, IContentStore contents, ArtifactFiles files, TimeProvider time, IHostApplicationLifetime life)
{
    /// <summary>How long an upload takes parts and may be completed.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromHours(24);

    /// <summary>Begins an upload to a path that may be written; returns its id.</summary>
    public async Task<Result<string>> Begin(ArtifactPath path, long parts, Principal who, CancellationToken ct)
    {
        if (parts < 1 || parts > WireLimits.UploadParts.Most)
            return UploadRefusals.PartCount(parts);
        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        return await store.Write<string>(async tx =>
        {
            if (await files.MayPut(tx, path, who) is { } refusal)
                return refusal;
            await tx.Execute(UploadSql.Begin, ("id", id), ("path", path), ("parts", parts), ("at", time.GetUtcNow()));
            return id;
        }, ct);
    }

    /// <summary>Takes a part; sent again, the later one counts. What is returned names it when the upload is completed.</summary>
    public async Task<Result<Digest>> Take(string id, string number, PipeReader body, long? length, CancellationToken ct)
    {
        if (Wrong(await store.First(UploadSql.One, ct, ("id", id)), number) is { } refusal)
            return refusal;
        StoredPart part;
        try
        {
            part = await contents.ReceivePart(id, body, length, ct);
        }
        catch (StoreUnavailableException e)
        {
            return ArtifactRefusals.StoreFull(e.Message);
        }
        var kept = await store.Write<Digest>(async tx =>
        {
            if (Wrong(await tx.First(UploadSql.One, ("id", id)), number) is { } late)
                return late;
            await tx.Execute(UploadSql.PutPart, ("id", id), ("number", Number(number)), ("name", part.Name), ("digest", part.Digest), ("size", part.Size));
            return part.Digest;
        }, ct);
        if (!kept.Ok)
            await contents.Abandon(id, ct);
        return kept;
    }

    /// <summary>
    /// Puts the parts together at the path, once: asked again it answers the same. Goes on when its caller has gone, since a large file takes
    /// longer than a client may wait; a second caller meanwhile is told to ask again.
    /// </summary>
    public async Task<Result<Content>> Complete(ArtifactPath path, string id, IReadOnlyList<(long Number, string Tag)> named, Principal who)
    {
        var ct = life.ApplicationStopping;
        await using var hold = await store.TryHold($"artifacts-upload/{id}", ct);
        if (hold is null)
            return UploadRefusals.Busy();
        if (await store.First(UploadSql.One, ct, ("id", id)) is not { } upload || Old(upload))
            return UploadRefusals.NoUpload();
        if (upload.Path != path.Value)
            return UploadRefusals.OtherPath(path, upload.Path);
        if (upload.Content is { } before)
            return before;
        var parts = PartList.Check(upload.Parts, await store.All(UploadSql.Parts, ct, ("id", id)), named);
        if (!parts.Ok)
            return parts.Refusal!;
        var placed = await Place(path, id, parts.Value, who, ct);
        if (placed.Ok)
            await contents.Abandon(id, ct);
        return placed;
    }

    /// <summary>Ends an upload and forgets its parts. One that is not there has ended.</summary>
    public async Task<Result<Done>> Abort(ArtifactPath path, string id, CancellationToken ct)
    {
        if (await store.First(UploadSql.One, ct, ("id", id)) is not { } upload)
            return Done.Yes;
        if (upload.Path != path.Value)
            return UploadRefusals.OtherPath(path, upload.Path);
        await store.Do(async tx =>
        {
            await tx.Execute(UploadSql.ForgetParts, ("id", id));
            await tx.Execute(UploadSql.Forget, ("id", id));
        }, ct);
        await contents.Abandon(id, ct);
        return Done.Yes;
    }

    /// <summary>Forgets uploads that were begun before a moment; their bytes are swept by the store.</summary>
    internal Task Forget(DateTimeOffset before, CancellationToken ct) => store.Do(async tx =>
    {
        await tx.Execute(UploadSql.ForgetOldParts, ("before", before));
        await tx.Execute(UploadSql.ForgetOld, ("before", before));
    }, ct);

    async Task<Result<Content>> Place(ArtifactPath path, string id, IReadOnlyList<StoredPart> parts, Principal who, CancellationToken ct)
    {
        Content content;
        try
        {
            content = await contents.Join(id, parts, ct);
        }
        catch (StoreUnavailableException e)
        {
            return ArtifactRefusals.StoreFull(e.Message);
        }
        catch (PartDamagedException e)
        {
            return UploadRefusals.Damaged(e.Number);
        }
        return await store.Write<Content>(async tx =>
        {
            var placed = await files.Place(tx, path, content, who);
            if (placed.Ok)
            {
                await tx.Execute(UploadSql.Complete, ("id", id), ("digest", content.Digest), ("size", content.Size));
                await tx.Execute(UploadSql.ForgetParts, ("id", id));
            }
            return placed;
        }, ct);
    }

    Refusal? Wrong(UploadRow? upload, string number) =>
        upload is null || Old(upload) ? UploadRefusals.NoUpload()
        : upload.Content is not null ? UploadRefusals.Completed()
        : Number(number) is { } n && n >= 1 && n <= upload.Parts ? null
        : UploadRefusals.PartNumber(number, upload.Parts);

    bool Old(UploadRow upload) => upload.CreatedAt + Life < time.GetUtcNow();

    static long? Number(string text) => long.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : null;
}
