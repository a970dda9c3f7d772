using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Assay.Server.Mlflow;

/// <summary>Scalars as protobuf's JSON mapping takes them.</summary>
static class MlflowValues
{
    const int MostShown = 200;

    /// <summary>A text that both engines can store: valid Unicode without NUL.</summary>
    public static bool TryText(JsonElement value, out string text)
    {
        text = "";
        try
        {
            text = value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return false; // bytes that are no UTF-8, or half a surrogate pair
        }
        return !text.Contains('\0', StringComparison.Ordinal);
    }

    public static bool TryInt(JsonElement value, out long number)
    {
        if (value.ValueKind is JsonValueKind.String)
            return TryInt(TryText(value, out var text) ? text : "", out number);
        number = 0;
        return value.ValueKind is JsonValueKind.Number && (value.TryGetInt64(out number) || TryWhole(value.GetDouble(), out number));
    }

    /// <summary>Decimal digits; and a whole number as R writes round ones, <c>1e+05</c>, which would else be lost with every step 100 000.</summary>
    public static bool TryInt(string text, out long number) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number)
        || (text.AsSpan().ContainsAny('e', 'E') && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var real) && TryWhole(real, out number));

    public static bool TryReal(JsonElement value, out double number)
    {
        if (value.ValueKind is JsonValueKind.String)
            return TryReal(TryText(value, out var text) ? text : "", out number);
        number = 0;
        return value.ValueKind is JsonValueKind.Number && value.TryGetDouble(out number);
    }

    public static bool TryReal(string text, out double number) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number);

    /// <summary>A value for a message, cut where it is long.</summary>
    public static string Shown(JsonElement value)
    {
        var raw = value.GetRawText();
        if (value.ValueKind is JsonValueKind.Object or JsonValueKind.Array && raw.Length < 10 * MostShown)
            raw = Compact(raw);
        return raw.Length <= MostShown ? raw : raw[..MostShown] + "…";
    }

    /// <inheritdoc cref="Shown"/>
    public static string Quoted(string value) => value.Length <= MostShown ? $"\"{value}\"" : $"\"{value[..MostShown]}…\"";

    // As MLflow shows it: without blanks between the parts.
    static string Compact(string raw)
    {
        var built = new StringBuilder(raw.Length);
        var (quoted, escaped) = (false, false);
        foreach (var c in raw)
        {
            if (quoted || !char.IsWhiteSpace(c))
                built.Append(c);
            quoted ^= c == '"' && !escaped;
            escaped = c == '\\' && !escaped;
        }
        return built.ToString();
    }

    static bool TryWhole(double real, out long number)
    {
        number = 0;
        if (!double.IsInteger(real) || Math.Abs(real) > 9e15)
            return false;
        number = (long)real;
        return true;
    }
}
