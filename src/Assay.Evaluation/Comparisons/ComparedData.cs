using Assay.Contracts;
using Assay.Evaluation.Data;
using Assay.Evaluation.Data.Rows;
using Assay.Evaluation.Suites;

namespace Assay.Evaluation.Comparisons;

/// <summary>The data that a suite compares its held-out rows with, opened before anything is scored, so that a wrong name or digest is told at once.</summary>
internal sealed class ComparedData : IAsyncDisposable
{
    readonly List<DataSet> sets = [];

    /// <summary>The training data; null when there is none, or only digests.</summary>
    public DataSet? Train { get; private set; }

    /// <summary>The digests of its rows; null when there are none.</summary>
    public DigestList? Digests { get; private set; }

    /// <summary>Data whose features are compared with those of training instead of the held-out ones.</summary>
    public DataSet? Reference { get; private set; }

    /// <summary>Rows logged with the pipeline's own answers.</summary>
    public DataSet? Parity { get; private set; }

    /// <summary>Features computed anew.</summary>
    public DataSet? Join { get; private set; }

    /// <summary>Opens all that the suite names.</summary>
    public static async Task<Result<ComparedData>> Open(EvaluationSuite suite, DataSources sources, CancellationToken ct)
    {
        var data = new ComparedData();
        Refusal? refusal = null;
        async Task<DataSet?> One(string? uri, Digest? digest)
        {
            if (uri is null || refusal is not null)
                return null;
            var opened = await DataSet.Open(new(uri, suite.Head.Folder, digest), sources, ct);
            refusal = opened.Refusal;
            if (opened.Ok)
                data.sets.Add(opened.Value);
            return opened.Ok ? opened.Value : null;
        }
        data.Train = await One(suite.Train?.Uri, suite.Train?.Digest);
        data.Reference = await One(suite.Reference?.Uri, suite.Reference?.Digest);
        data.Parity = await One(suite.Parity?.Uri, suite.Parity?.Digest);
        data.Join = await One(suite.Join?.Uri, suite.Join?.Digest);
        if (refusal is null && suite.Train?.Digests is { } list)
        {
            var read = DigestList.Open(Path.GetFullPath(Path.Combine(suite.Head.Folder, list)));
            (data.Digests, refusal) = read.Ok ? (read.Value, (Refusal?)null) : (null, read.Refusal);
        }
        if (refusal is null)
            return data;
        await data.DisposeAsync();
        return refusal;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var set in sets)
            await set.DisposeAsync();
    }
}
