namespace Assay.Examples.Credit;

/// <summary>
/// What training learns about the columns before it learns the weights: medians for empty cells, means and deviations for the scale, the words that
/// occur. The exported graph does the same with the same figures, so that the model takes raw columns.
/// </summary>
public sealed class Preparation
{
    /// <summary>The features that are computed from several columns.</summary>
    public static readonly string[] Derived = ["financed_share", "spare_income"];

    readonly Recipe recipe;

    Preparation(Recipe recipe, float[] medians, float[] means, float[] scales, string[][] words) =>
        (this.recipe, Medians, Means, Scales, Words) = (recipe, medians, means, scales, words);

    /// <summary>For each of <see cref="LoanColumns.Numbers"/>: what an empty cell becomes.</summary>
    public float[] Medians { get; }

    /// <summary>For each scaled feature: its mean over the training rows.</summary>
    public float[] Means { get; }

    /// <summary>For each scaled feature: one over its standard deviation.</summary>
    public float[] Scales { get; }

    /// <summary>For each of <see cref="LoanColumns.Words"/>: the words that occur, in ordinal order. Others are none of them.</summary>
    public string[][] Words { get; }

    /// <summary>The names of all features, in order.</summary>
    public IReadOnlyList<string> Features =>
    [
        .. LoanColumns.Numbers,
        .. recipe.Derived ? Derived : [],
        .. LoanColumns.Words.SelectMany((column, i) => Words[i].Select(word => $"{column}={word}")),
    ];

    /// <summary>Learns from the training rows alone.</summary>
    public static Preparation Learn(IReadOnlyList<Loan> train, Recipe recipe)
    {
        float[] medians = [.. LoanColumns.Numbers.Select((_, i) => Median(train.Select(loan => loan.Numbers[i])))];
        string[][] words = [.. LoanColumns.Words.Select((_, i) => train.Select(loan => loan.Words[i]).Where(word => word.Length > 0).Distinct().Order(StringComparer.Ordinal).ToArray())];
        var unscaled = new Preparation(recipe, medians, [], [], words);
        var rows = train.Select(unscaled.Unscaled).ToArray();
        var columns = Enumerable.Range(0, rows[0].Length).Select(i => rows.Select(row => (double)row[i]).ToArray()).ToArray();
        var means = columns.Select(column => column.Average()).ToArray();
        float[] scales = [.. columns.Select((column, i) => (float)(1 / Math.Sqrt(column.Average(value => (value - means[i]) * (value - means[i])))))];
        return new(recipe, medians, [.. means.Select(mean => (float)mean)], scales, words);
    }

    /// <summary>A loan as the numbers that are weighed.</summary>
    public float[] Apply(Loan loan)
    {
        var numbers = Unscaled(loan);
        for (var i = 0; i < numbers.Length; i++)
            numbers[i] = (numbers[i] - Means[i]) * Scales[i];
        return [.. numbers, .. Words.SelectMany((words, i) => words.Select(word => word == loan.Words[i] ? 1f : 0f))];
    }

    float[] Unscaled(Loan loan)
    {
        float[] filled = [.. loan.Numbers.Select((value, i) => float.IsNaN(value) ? Medians[i] : value)];
        float[] derived = recipe.Derived ? [FinancedShare(filled), SpareIncome(filled)] : [];
        if (recipe.Logarithms)
            for (var i = LoanColumns.Even.Length; i < filled.Length; i++)
                filled[i] = Logarithm(filled[i]);
        return [.. filled, .. derived];
    }

    static float FinancedShare(float[] numbers) => Of("amount", numbers) / Math.Max(1, Of("price", numbers));

    static float SpareIncome(float[] numbers) => Logarithm(Of("income", numbers) - Of("expenses", numbers));

    static float Logarithm(float value) => MathF.Log(Math.Max(0, value) + 1);

    static float Of(string column, float[] numbers) => numbers[Array.IndexOf(LoanColumns.Numbers, column)];

    static float Median(IEnumerable<float> values)
    {
        float[] known = [.. values.Where(value => !float.IsNaN(value)).Order()];
        return known[known.Length / 2];
    }
}
