using System.IO.Pipelines;
using Assay.Contracts;
using Assay.Server.Identity;
using Assay.Server.Storage;

namespace Assay.Server.Artifacts;

/// <summary>Asked before a path is written: may it be? Answered by the rooms that know what the path belongs to.</summary>
public interface IArtifactScopes
{
    /// <summary>A refusal, or null. <paramref name="content"/> is null when the file is to be deleted, or its bytes are still to come.</summary>
    Task<Refusal?> MayWrite(Tx tx, ArtifactPath path, Digest? content, Principal who);

    /// <summary>May all of these be deleted? The first refusal, or null. What many of them belong to is asked once.</summary>
    Task<Refusal?> MayDelete(Tx tx, IReadOnlyList<ArtifactPath> paths, Principal who);
}

/// <summary>One entry of a listed folder; a folder has no size.</summary>
public sealed record ArtifactEntry(string Name, bool IsFolder, long Size);

/// <summary>Files by their logical paths.</summary>
public sealed class ArtifactFiles(Store store, IContentStore contents, IEnumerable<IArtifactScopes> scopes, TimeProvider time)
{
    /// <summary>Receives a file and puts it at a path: whole, durable, or not at all. The same bytes again are no change and always allowed.</summary>
    public async Task<Result<Content>> Put(ArtifactPath path, PipeReader body, long? length, Principal who, CancellationToken ct)
    {
        Content content;
        try
        {
            content = await contents.Receive(body, length, ct);
        }
        catch (StoreUnavailableException e)
        {
            return ArtifactRefusals.StoreFull(e.Message);
        }
        return await store.Write(tx => Place(tx, path, content, who), ct);
    }

    /// <summary>May a file be put there whose bytes are still to come? Null when it may.</summary>
    internal async Task<Refusal?> MayPut(Tx tx, ArtifactPath path, Principal who) => await Ask(tx, path, null, who) ?? await InTheWay(tx, path);

    /// <summary>Puts what was received at a path, in the caller's unit.</summary>
    internal async Task<Result<Content>> Place(Tx tx, ArtifactPath path, Content content, Principal who)
    {
        // Locks come first: what is asked here must still hold when the row is written.
        var refusal = await Ask(tx, path, content.Digest, who);
        if (await tx.First(ArtifactSql.One, ("path", path)) is { } there && there.Digest == content.Digest)
            return content;
        if ((refusal ?? await InTheWay(tx, path)) is { } no)
            return no;
        await tx.Execute(ArtifactSql.Put, ("path", path), ("digest", content.Digest), ("size", content.Size), ("at", time.GetUtcNow()));
        return content;
    }

    /// <summary>
    /// Takes a file away from its path, or a folder with everything in it: all of it, or nothing where one file must stay. With
    /// <paramref name="mayBeEmpty"/> the path is that of a folder, and one that holds nothing is no mistake.
    /// </summary>
    public Task<Result<Done>> Delete(ArtifactPath path, bool mayBeEmpty, Principal who, CancellationToken ct) => store.Write<Done>(async tx =>
    {
        if (await Ask(tx, path, null, who) is { } refusal)
            return refusal;
        List<ArtifactPath> paths = [.. (await Below(tx, path.Value)).Select(file => ArtifactPath.Kept(file.Path))];
        if (!mayBeEmpty && await tx.First(ArtifactSql.One, ("path", path)) is not null)
            paths.Add(path);
        if (paths.Count == 0)
            return mayBeEmpty ? Done.Yes : ArtifactRefusals.NoFile(path);
        foreach (var scope in scopes)
            if (await scope.MayDelete(tx, paths, who) is { } no)
                return no;
        // These and no others: what came meanwhile was not asked about.
        await tx.Execute(ArtifactSql.Delete, new Rows(paths.Count, ("path", paths.ConvertAll(p => p.Value).ToArray())));
        return Done.Yes;
    }, ct);

    /// <summary>The file at a path.</summary>
    public async Task<Result<ArtifactFile>> Find(ArtifactPath path, CancellationToken ct) =>
        await store.First(ArtifactSql.One, ct, ("path", path)) is { } file ? file : ArtifactRefusals.NoFile(path);

    /// <summary>The file at a path, in the caller's snapshot.</summary>
    public static Task<ArtifactFile?> Find(Tx tx, ArtifactPath path) => tx.First(ArtifactSql.One, ("path", path));

    /// <summary>All files below a folder (logical path without a closing slash), by path.</summary>
    public static Task<List<ArtifactFile>> Below(Tx tx, string folder) => tx.All(ArtifactSql.Below, ("from", folder + "/"), ("to", folder + "0"));

    /// <summary>One level of a folder; empty when there is no such folder, as in an object store.</summary>
    public async Task<List<ArtifactEntry>> List(string folder, CancellationToken ct)
    {
        var from = folder.Length == 0 ? 0 : folder.Length + 1;
        SortedDictionary<string, ArtifactEntry> entries = new(StringComparer.Ordinal);
        await store.Read(async tx =>
        {
            await tx.Each(ArtifactSql.Below, file =>
            {
                var rest = file.Path.AsSpan(from);
                var slash = rest.IndexOf('/');
                var name = (slash < 0 ? rest : rest[..slash]).ToString();
                entries.TryAdd(name, slash < 0 ? new(name, false, file.Size) : new(name, true, 0));
            }, ("from", folder.Length == 0 ? "" : folder + "/"), ("to", folder.Length == 0 ? "\uffff" : folder + "0"));
            return Done.Yes;
        }, ct);
        return [.. entries.Values];
    }

    async Task<Refusal?> Ask(Tx tx, ArtifactPath path, Digest? content, Principal who)
    {
        foreach (var scope in scopes)
            if (await scope.MayWrite(tx, path, content, who) is { } refusal)
                return refusal;
        return null;
    }

    /// <summary>A file cannot be a folder too: such a tree could not be pulled.</summary>
    static async Task<Refusal?> InTheWay(Tx tx, ArtifactPath path)
    {
        if (await tx.First(ArtifactSql.AnyBelow, ("from", path + "/"), ("to", path + "0")) is { } below)
            return ArtifactRefusals.InTheWay(path, below);
        for (var slash = path.Value.LastIndexOf('/'); slash > 0; slash = path.Value.LastIndexOf('/', slash - 1))
            if (await tx.First(ArtifactSql.One, ("path", path.Value[..slash])) is { } above)
                return ArtifactRefusals.InTheWay(path, above.Path);
        return null;
    }
}
