using System.Globalization;

namespace Assay.Client;

/// <summary>A parameter's value as text: the same on every machine, whatever its language.</summary>
static class ParameterText
{
    public static string Of(object? value) => value switch
    {
        null => "None",
        bool flag => flag ? "true" : "false",
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}
