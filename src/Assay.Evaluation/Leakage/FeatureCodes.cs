using Assay.Evaluation.Profiles;

namespace Assay.Evaluation.Leakage;

/// <summary>
/// A column as few codes from 0, so that it can be counted against the label: a number in bins of equally many rows, a text by its value. What is missing is a
/// code of its own, because that alone may give the label away; texts of fewer than five rows share one, so that an id tells nothing merely by being one.
/// </summary>
internal sealed record FeatureCodes(int[] Codes, int Kinds)
{
    const int Bins = 50, Fewest = 5;

    public static FeatureCodes Of(FeatureProfile feature) => feature.IsNumber ? OfNumbers(feature.Numbers) : OfTexts(feature.Codes);

    static FeatureCodes OfNumbers(List<double> numbers)
    {
        var sorted = numbers.Where(n => !double.IsNaN(n)).Order().ToArray();
        var distinct = sorted.Distinct().Take(Bins + 1).ToArray();
        // Few different values are told apart as they are; of many the bins end at their quantiles.
        var ends = distinct.Length <= Bins ? distinct : [.. Enumerable.Range(1, Bins - 1).Select(k => sorted[(int)((long)sorted.Length * k / Bins)]).Distinct()];
        var codes = new int[numbers.Count];
        for (var i = 0; i < codes.Length; i++)
            codes[i] = double.IsNaN(numbers[i]) ? 0 : 1 + (Array.BinarySearch(ends, numbers[i]) is var at && at >= 0 ? at : ~at);
        return new(codes, ends.Length + 2);
    }

    static FeatureCodes OfTexts(List<int> texts)
    {
        var counts = texts.CountBy(t => t).ToDictionary();
        var kinds = new Dictionary<int, int>();
        var codes = new int[texts.Count];
        for (var i = 0; i < codes.Length; i++)
            if (texts[i] >= 0 && counts[texts[i]] >= Fewest)
            {
                if (!kinds.TryGetValue(texts[i], out var code))
                    kinds[texts[i]] = code = kinds.Count + 2;
                codes[i] = code;
            }
            else
                codes[i] = texts[i] < 0 ? 0 : 1;
        return new(codes, kinds.Count + 2);
    }
}
