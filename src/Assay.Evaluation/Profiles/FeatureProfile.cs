using System.Globalization;
using Assay.Evaluation.Data;
using Assay.Evaluation.Data.Rows;
using Assay.Evaluation.Measures;

namespace Assay.Evaluation.Profiles;

/// <summary>One column of a set: what is missing, which values there are, and the values of the rows that were picked.</summary>
/// <param name="column">Its name, and whether it is a number.</param>
/// <param name="labels">Is it the label, whose spellings 1, 1.0 and true are one class?</param>
internal sealed class FeatureProfile(RowColumn column, bool labels = false)
{
    readonly Dictionary<double, string> spelled = [];

    public string Name => column.Name;

    public bool IsNumber => column.Number;

    public long Rows { get; private set; }

    public long Missing { get; private set; }

    /// <summary>How many values are no numbers although the column is one.</summary>
    public long Unreadable { get; private set; }

    /// <summary>The first of them and its row.</summary>
    public string? FirstUnreadable { get; private set; }

    /// <summary>The numbers of the picked rows, NaN where there is none.</summary>
    public List<double> Numbers { get; } = [];

    /// <summary>The codes of the picked rows' texts, −1 where there is none.</summary>
    public List<int> Codes { get; } = [];

    /// <summary>The texts of all rows.</summary>
    public Categories Categories { get; } = new();

    public void Take(DataBatch batch, int[] picked)
    {
        Rows += batch.Rows;
        var vector = batch[Name];
        if (IsNumber)
            TakeNumbers(vector, batch.FirstRow, picked);
        else
            TakeTexts(vector, picked);
    }

    void TakeNumbers(DataVector vector, long firstRow, int[] picked)
    {
        var numbers = vector.Numbers ?? Read(vector.Texts!, firstRow);
        foreach (var number in numbers)
            Missing += double.IsNaN(number) ? 1 : 0;
        foreach (var row in picked)
            Numbers.Add(numbers[row]);
    }

    double[] Read(string?[] texts, long firstRow)
    {
        var numbers = new double[texts.Length];
        for (var r = 0; r < texts.Length; r++)
            if (string.IsNullOrEmpty(texts[r]))
                numbers[r] = double.NaN;
            else if (!DataNumbers.TryParse(texts[r], out numbers[r]))
            {
                numbers[r] = bool.TryParse(texts[r], out var truth) ? truth ? 1 : 0 : double.NaN;
                if (!double.IsNaN(numbers[r]))
                    continue;
                Missing--; // it is no missing value, and is counted apart
                Unreadable++;
                FirstUnreadable ??= $"{DataNumbers.Shown(texts[r]!)} in row {firstRow + r}";
            }
        return numbers;
    }

    void TakeTexts(DataVector vector, int[] picked)
    {
        var next = 0;
        for (var r = 0; r < vector.Count; r++)
        {
            var code = Text(vector, r) is { Length: > 0 } text ? Categories.Add(text) : -1;
            Missing += code < 0 ? 1 : 0;
            if (next >= picked.Length || picked[next] != r)
                continue;
            Codes.Add(code);
            next++;
        }
    }

    string? Text(DataVector vector, int row)
    {
        if (labels)
            return Labels.Of(vector, row);
        if (vector.Texts is { } texts)
            return texts[row];
        var number = vector.Numbers![row];
        if (double.IsNaN(number))
            return null;
        if (vector.Kind == DataKind.Truth)
            return number == 1 ? "true" : "false";
        if (spelled.TryGetValue(number, out var known))
            return known;
        var text = number.ToString("R", CultureInfo.InvariantCulture);
        if (spelled.Count < Categories.Most)
            spelled[number] = text;
        return text;
    }
}
