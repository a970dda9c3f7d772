using Assay.Contracts;
using Assay.Evaluation.Data;
using Assay.Evaluation.Data.Rows;

namespace Assay.Evaluation.Profiles;

/// <summary>What is looked at in a set. Columns that it lacks are left out, and who compares says so.</summary>
/// <param name="Canonical">The columns of the canonical row; none when rows are not compared.</param>
/// <param name="Features">The columns whose values are compared.</param>
/// <param name="Entity">The column whose values are not to stand in both sets.</param>
/// <param name="Time">The column with the time.</param>
/// <param name="Label">The column with the truth; null when it is not looked at.</param>
/// <param name="Until">How many rows are not later than this?</param>
internal sealed record ProfileWish(IReadOnlyList<RowColumn> Canonical, IReadOnlyList<RowColumn> Features, string? Entity = null, string? Time = null, RowColumn? Label = null, Moment? Until = null);

/// <summary>What one pass over a set keeps of it; memory does not grow with the rows.</summary>
internal sealed class DataProfile : IDisposable
{
    const int BatchRows = 8192;
    readonly HashSet<string> has;
    readonly IReadOnlyList<RowColumn> canonical;

    DataProfile(DataSet data, ProfileWish wish)
    {
        (Data, canonical) = (data, wish.Canonical);
        has = data.Fields.Select(f => f.Name).ToHashSet(StringComparer.Ordinal);
        Rows = canonical.Count > 0 && Lacks(canonical.Select(c => c.Name)).Count == 0 ? new(canonical) : null;
        Entities = wish.Entity is { } entity && has.Contains(entity) ? new(entity) : null;
        Times = wish.Time is { } time && has.Contains(time) ? new(time, wish.Until) : null;
        Features = [.. wish.Features.Where(f => has.Contains(f.Name)).Select(f => new FeatureProfile(f))];
        Label = wish.Label is { } label && has.Contains(label.Name) ? new(label, labels: !label.Number) : null;
    }

    public DataSet Data { get; }

    /// <summary>The digests of its rows; null when it lacks one of their columns.</summary>
    public RowsProfile? Rows { get; }

    public RowsProfile? Entities { get; }

    public TimeProfile? Times { get; }

    public IReadOnlyList<FeatureProfile> Features { get; }

    public FeatureProfile? Label { get; }

    /// <summary>Those columns that it does not have.</summary>
    public IReadOnlyList<string> Lacks(IEnumerable<string> columns) => [.. columns.Where(c => !has.Contains(c))];

    /// <summary>Reads a set once.</summary>
    public static async Task<Result<DataProfile>> Of(DataSet data, ProfileWish wish, string uri, CancellationToken ct)
    {
        var profile = new DataProfile(data, wish);
        string?[] columns = [.. profile.Rows is null ? [] : wish.Canonical.Select(c => c.Name), .. profile.Features.Select(f => f.Name), profile.Entities is null ? null : wish.Entity,
            profile.Times is null ? null : wish.Time, profile.Label?.Name];
        try
        {
            var pick = new RowPick(data.Rows, profile.Features.Count + 1);
            await foreach (var batch in data.Read([.. columns.OfType<string>().Distinct()], BatchRows, ct))
                profile.Take(batch, pick.Of(batch));
            return profile;
        }
        catch (DataException e)
        {
            profile.Dispose();
            return DataRefusals.Unreadable(uri, e.Message);
        }
        catch
        {
            profile.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Rows?.Dispose();
        Entities?.Dispose();
    }

    void Take(DataBatch batch, int[] picked)
    {
        Rows?.Take(batch);
        Entities?.Take(batch);
        Times?.Take(batch);
        Label?.Take(batch, picked);
        foreach (var feature in Features)
            feature.Take(batch, picked);
    }
}
