using System.Globalization;
using System.Text.Json;

namespace Assay.Server.Mlflow;

/// <summary>Scalars as protobuf's JSON mapping takes them.</summary>
static class MlflowValues
{
    const int MostShown = 200;

    public static bool TryInt(JsonElement value, out long number)
    {
        if (value.ValueKind is JsonValueKind.String)
            return TryInt(value.GetString()!, out number);
        number = 0;
        return value.ValueKind is JsonValueKind.Number && (value.TryGetInt64(out number) || TryWhole(value.GetDouble(), out number));
    }

    public static bool TryInt(string text, out long number) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);

    public static bool TryReal(JsonElement value, out double number)
    {
        if (value.ValueKind is JsonValueKind.String)
            return TryReal(value.GetString()!, out number);
        number = 0;
        return value.ValueKind is JsonValueKind.Number && value.TryGetDouble(out number);
    }

    public static bool TryReal(string text, out double number) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number);

    /// <summary>A value for a message, cut where it is long.</summary>
    public static string Shown(JsonElement value)
    {
        var raw = value.GetRawText();
        return raw.Length <= MostShown ? raw : raw[..MostShown] + "…";
    }

    /// <inheritdoc cref="Shown"/>
    public static string Quoted(string value) => value.Length <= MostShown ? $"\"{value}\"" : $"\"{value[..MostShown]}…\"";

    static bool TryWhole(double real, out long number)
    {
        number = 0;
        if (!double.IsInteger(real) || Math.Abs(real) > 9e15)
            return false;
        number = (long)real;
        return true;
    }
}
