using Assay.Contracts;
using Assay.Evaluation.Data.Sources;

namespace Assay.Evaluation.Data;

/// <summary>Where data may come from: this machine always, other places by the sources that are given.</summary>
public sealed class DataSources(params IReadOnlyList<IDataSource> further)
{
    /// <summary>This machine's files and nothing else.</summary>
    public static DataSources Local { get; } = new();

    /// <summary>Finds the files of an address; what had to be fetched is deleted with them.</summary>
    internal async Task<Result<DataFiles>> Find(DataWish wish, CancellationToken ct)
    {
        if (LocalFiles.Takes(wish.Uri))
            return LocalFiles.Find(wish.Uri, wish.Folder);
        return further.FirstOrDefault(source => source.Takes(wish.Uri)) is { } source
            ? await source.Fetch(wish.Uri, ct)
            : DataRefusals.NoSource(wish.Uri, ["file://", .. further.Select(source => source.Scheme)]);
    }
}
