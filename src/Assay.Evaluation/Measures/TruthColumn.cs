using Assay.Contracts;
using Assay.Evaluation.Data;
using Assay.Evaluation.Inputs;
using Assay.Evaluation.Suites;

namespace Assay.Evaluation.Measures;

/// <summary>Reads the label column. Labels of different spellings are one class: 1, 1.0 and true. Safe to call from several threads.</summary>
internal sealed class TruthColumn(Frame frame, HeldoutData data)
{
    readonly HashSet<string> met = new(StringComparer.Ordinal);

    /// <summary>The classes of a batch as their numbers in the frame.</summary>
    public Result<int[]> Classes(DataBatch batch)
    {
        var vector = batch[data.Label];
        var truth = new int[batch.Rows];
        var known = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var r = 0; r < truth.Length; r++)
        {
            if (Labels.Of(vector, r) is not { } label)
                return MeasureRefusals.Label(data.Label, batch.FirstRow + r, Cell.Missing, "a class");
            if (!known.TryGetValue(label, out truth[r]))
            {
                truth[r] = known[label] = frame.Binary ? label == frame.Classes[0] ? 1 : 0 : frame.Classes.ToList().IndexOf(label);
                if (truth[r] < 0)
                    return MeasureRefusals.UnknownClass(data.Label, batch.FirstRow + r, label, frame.Classes);
            }
        }
        lock (met)
            met.UnionWith(known.Keys);
        return truth;
    }

    /// <summary>The numbers of a batch.</summary>
    public Result<double[]> Targets(DataBatch batch)
    {
        var numbers = DataNumbers.Of(batch[data.Label], batch.FirstRow);
        return Array.FindIndex(numbers, n => !double.IsFinite(n)) is >= 0 and var row
            ? MeasureRefusals.Label(data.Label, batch.FirstRow + row, Cell.Missing, "a number") : numbers;
    }

    /// <summary>
    /// What is wrong with the labels as a whole, once all are read. A set of one class can still be scored for accuracy; a third class, or two without
    /// the positive one, is another question than the one asked.
    /// </summary>
    public Refusal? Problem(bool positiveWasNamed)
    {
        if (!frame.Binary)
            return null;
        var classes = met.Order(StringComparer.Ordinal).ToList();
        return classes.Count > 2 || (classes.Count == 2 && !classes.Contains(frame.Classes[0])) || (!positiveWasNamed && classes.Any(c => c is not ("0" or "1")) && !classes.Contains(frame.Classes[0]))
            ? MeasureRefusals.Classes(classes, frame.Classes[0]) : null;
    }
}
