using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text;
using Assay.Evaluation.Data;
using Assay.Evaluation.Data.Rows;
using Assay.Evaluation.Measures;
using Assay.Statistics;

namespace Assay.Evaluation.Skew;

/// <summary>
/// The values of some columns by a key, each as 64 bits: equal values have equal bits, whatever their spelling. Of very many keys a share is taken by the key's
/// hash, so that both sets give the same ones and memory does not grow with them.
/// </summary>
/// <param name="key">The column with the key.</param>
/// <param name="columns">The columns to compare.</param>
/// <param name="share">Which share of the keys is taken, above 0 and at most 1.</param>
internal sealed class KeyedRows(string key, IReadOnlyList<RowColumn> columns, double share)
{
    const int BatchRows = 8192;
    const ulong Nothing = 0x7FF8_0000_0000_0000; // what NaN is

    /// <summary>The rows with their key's hash, null where there is no key. Throws <see cref="DataException"/> when the data is damaged.</summary>
    public async IAsyncEnumerable<(long Row, ulong? Key, ulong[] Values)> Read(DataSet data, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var batch in data.Read([.. columns.Select(c => c.Name).Append(key).Distinct()], BatchRows, ct))
        {
            var keys = batch[key];
            var values = columns.Select(c => Bits(batch[c.Name], c.Number, batch.FirstRow)).ToArray();
            for (var r = 0; r < batch.Rows; r++)
            {
                ulong? hash = Labels.Of(keys, r) is { } text ? Hash(text) : null;
                if (share >= 1 || hash is not { } known || new SplitMix(known).NextUnit() < share)
                    yield return (batch.FirstRow + r, hash, [.. values.Select(v => v[r])]);
            }
        }
    }

    static ulong Hash(string text) => XxHash3.HashToUInt64(MemoryMarshal.AsBytes(text.AsSpan()));

    static ulong[] Bits(DataVector vector, bool number, long firstRow) => number
        ? [.. DataNumbers.OfWritten(vector, firstRow).Select(x => double.IsNaN(x) ? Nothing : BitConverter.DoubleToUInt64Bits(x + 0.0))]
        : vector.Texts is { } texts ? [.. texts.Select(t => string.IsNullOrEmpty(t) ? Nothing : Hash(t.Normalize(NormalizationForm.FormC)))]
        : [.. Enumerable.Range(0, vector.Count).Select(r => Labels.Of(vector, r) is { } t ? Hash(t) : Nothing)];
}
