using System.Globalization;
using System.Text.Json.Nodes;

namespace Assay.Evaluation.Measures;

/// <summary>Numbers as evidence publishes them.</summary>
internal static class Published
{
    const int Digits = 12;

    /// <summary>Rounded to 12 significant digits, so that the order in which rows were added never shows; null where it is not finite.</summary>
    public static JsonNode? Number(double? value)
    {
        if (value is not { } number || !double.IsFinite(number))
            return null;
        return number == 0 ? 0.0 : double.Parse(number.ToString($"E{Digits - 1}", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }
}
