using System.Globalization;

namespace Assay.Evaluation.Data.Formats;

/// <summary>Collects the values of one column until a batch is full.</summary>
internal sealed class ColumnBuffer(DataField column, int size)
{
    const long Exact = 1L << 53;
    readonly bool isText = column.Kind == DataKind.Text;
    double[]? numbers;
    string?[]? texts;
    bool[]? missing;
    int count;

    public DataField Field => column;

    /// <summary>How many more rows fit.</summary>
    public int Room => size - count;

    public void AddMissing()
    {
        (missing ??= new bool[size])[count] = true;
        if (texts is null && !isText)
            (numbers ??= new double[size])[count] = double.NaN;
        else
            texts ??= new string?[size];
        count++;
    }

    public void Add(double number)
    {
        if (double.IsNaN(number))
            AddMissing();
        else
            (numbers ??= new double[size])[count++] = number;
    }

    public void Add(string text) => (texts ??= new string?[size])[count++] = text;

    public void AddWhole(Int128 number)
    {
        if (texts is null && number <= Exact && number >= -Exact)
            (numbers ??= new double[size])[count++] = (double)number;
        else
        {
            AsTexts();
            texts![count++] = number.ToString(CultureInfo.InvariantCulture);
        }
    }

    /// <summary>A whole number of any size, in digits.</summary>
    public void AddWhole(string digits)
    {
        if (Int128.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            AddWhole(number);
            return;
        }
        AsTexts();
        texts![count++] = digits;
    }

    /// <summary>A text, or the number that it is where the column is one of numbers.</summary>
    public void AddWritten(string text)
    {
        if (isText)
            Add(text);
        else
            Add(double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture));
    }

    /// <summary>Room for numbers that are copied at once; afterwards <see cref="Settle"/> marks those that are NaN.</summary>
    public Span<double> Numbers(int rows)
    {
        numbers ??= new double[size];
        count += rows;
        return numbers.AsSpan(count - rows, rows);
    }

    /// <summary>Marks the NaN among the last rows as missing: the column is counted on to say so.</summary>
    public void Settle(int rows)
    {
        for (var row = count - rows; row < count; row++)
            if (double.IsNaN(numbers![row]))
                (missing ??= new bool[size])[row] = true;
    }

    /// <summary>What was collected, and an empty buffer again.</summary>
    public DataVector Take()
    {
        // A batch that is not full is the last one: only there is anything copied.
        var vector = texts is not null || isText ? DataVector.Of(column.Name, column.Kind, Cut(texts), missing is null ? null : Cut(missing))
            : DataVector.Of(column.Name, column.Kind, Cut(numbers), missing is null ? null : Cut(missing));
        (numbers, texts, missing, count) = (null, null, null, 0);
        return vector;
    }

    T[] Cut<T>(T[]? array) => array is null ? new T[count] : array.Length == count ? array : array[..count];

    void AsTexts()
    {
        if (texts is not null)
            return;
        texts = new string?[size];
        for (var row = 0; row < count; row++)
            texts[row] = missing is not null && missing[row] ? null : ((long)numbers![row]).ToString(CultureInfo.InvariantCulture);
        numbers = null;
    }
}
