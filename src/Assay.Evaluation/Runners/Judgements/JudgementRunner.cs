using System.Globalization;
using Assay.Contracts;
using Assay.Evaluation.Data;
using Assay.Evaluation.Inputs;
using Assay.Evaluation.Models;
using Assay.Evaluation.Suites;

namespace Assay.Evaluation.Runners.Judgements;

/// <summary>
/// Answers with what others judged of generated text: a file has an id for each row of the data, and a score. It asks no model; a row without a judgement is
/// a refusal that names it.
/// </summary>
internal sealed class JudgementRunner : IRunner
{
    readonly JudgementsWish wish;
    readonly Dictionary<string, double> scores;

    JudgementRunner(JudgementsWish wish, Dictionary<string, double> scores, Digest digest) => (this.wish, this.scores, Digest) = (wish, scores, digest);

    /// <summary>The digest of the judgements.</summary>
    public Digest Digest { get; }

    /// <inheritdoc/>
    public ModelFace Face { get; } = new([], [], []);

    /// <inheritdoc/>
    public ModelSignature? Signature => null;

    /// <inheritdoc/>
    public int Lanes => 1;

    /// <inheritdoc/>
    public bool Dead => false;

    /// <summary>Reads all judgements; an id that is judged twice is refused.</summary>
    public static async Task<Result<JudgementRunner>> Open(JudgementsWish wish, string folder, DataSources sources, CancellationToken ct)
    {
        var opened = await DataSet.Open(new(wish.Uri, folder, wish.Digest), sources, ct);
        if (!opened.Ok)
            return opened.Refusal!;
        await using var data = opened.Value;
        var scores = new Dictionary<string, double>(StringComparer.Ordinal);
        try
        {
            await foreach (var batch in data.Read([wish.Id, wish.Score], 8192, ct))
            {
                var judged = DataNumbers.Of(batch[wish.Score], batch.FirstRow);
                for (var r = 0; r < batch.Rows; r++)
                    if (Spelled(InputColumn.Of(batch[wish.Id])[r]) is not { } id || !double.IsFinite(judged[r]) || !scores.TryAdd(id, judged[r]))
                        return JudgementRefusals.Row(wish.Uri, batch.FirstRow + r, wish);
            }
        }
        catch (DataException e)
        {
            return JudgementRefusals.Unreadable(wish.Uri, e.Message);
        }
        return new JudgementRunner(wish, scores, data.Digest);
    }

    /// <inheritdoc/>
    public Task<Result<IReadOnlyList<Tensor>>> Score(ModelInput input, TimeSpan? time, CancellationToken ct, long firstRow = 1, bool fromFile = false)
    {
        var answers = new double[input.Rows];
        for (var r = 0; r < answers.Length; r++)
            if (Spelled(input.Columns[0][r]) is not { } id || !scores.TryGetValue(id, out answers[r]))
                return Task.FromResult<Result<IReadOnlyList<Tensor>>>(JudgementRefusals.Missing(wish.Uri, firstRow + r, input.Columns[0][r]));
        IReadOnlyList<Tensor> tensors = [new("score", TensorKind.Double, [answers.Length], answers)];
        return Task.FromResult<Result<IReadOnlyList<Tensor>>>(tensors.ToList());
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    static string? Spelled(Cell cell) => cell.Kind switch
    {
        CellKind.Missing => null,
        CellKind.Real => cell.Real.ToString("R", CultureInfo.InvariantCulture),
        _ => cell.Text ?? cell.Whole.ToString(CultureInfo.InvariantCulture),
    };
}
