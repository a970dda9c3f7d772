using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Assay.Evaluation.Inputs;

/// <summary>What one value of an input is, before a model's type is known.</summary>
public enum CellKind : byte { Missing, Bool, Integer, Real, Text, Written }

/// <summary>One value of an input. <see cref="CellKind.Written"/> is text of a file that has no types, where "12.5" may mean a number.</summary>
public readonly record struct Cell
{
    Cell(CellKind kind, double number, long whole, string? text) => (Kind, Real, Whole, Text) = (kind, number, whole, text);

    /// <summary>What it is.</summary>
    public CellKind Kind { get; }

    /// <summary>Its number, for every kind that has one.</summary>
    public double Real { get; }

    /// <summary>Its whole number, for <see cref="CellKind.Integer"/> and <see cref="CellKind.Bool"/>.</summary>
    public long Whole { get; }

    /// <summary>Its text, for <see cref="CellKind.Text"/> and <see cref="CellKind.Written"/>.</summary>
    public string? Text { get; }

    /// <summary>No value.</summary>
    public static Cell Missing => default;

    public static Cell Of(bool value) => new(CellKind.Bool, value ? 1 : 0, value ? 1 : 0, null);

    public static Cell Of(long value) => new(CellKind.Integer, value, value, null);

    public static Cell Of(double value) => new(CellKind.Real, value, 0, null);

    public static Cell Of(string value) => new(CellKind.Text, 0, 0, value);

    /// <summary>A value of a file without types; an empty one is missing, "NA" and "None" are text.</summary>
    public static Cell Written(string? value) => string.IsNullOrEmpty(value) ? Missing : new(CellKind.Written, 0, 0, value);

    /// <summary>A scalar of JSON; null for a list or an object.</summary>
    public static Cell? Of(JsonNode? node)
    {
        switch (node?.GetValueKind())
        {
            case null or JsonValueKind.Null: return Missing;
            case JsonValueKind.True: return Of(true);
            case JsonValueKind.False: return Of(false);
            case JsonValueKind.String: return Of(node.GetValue<string>());
            case JsonValueKind.Number:
                var text = node.ToJsonString();
                return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? Of(whole) : Of(double.Parse(text, CultureInfo.InvariantCulture));
            default: return null;
        }
    }

    /// <summary>The value as people would write it in a message.</summary>
    public override string ToString() => Kind switch
    {
        CellKind.Missing => "nothing",
        CellKind.Bool => Whole == 1 ? "true" : "false",
        CellKind.Integer => Whole.ToString(CultureInfo.InvariantCulture),
        CellKind.Real => Real.ToString("R", CultureInfo.InvariantCulture),
        _ => $"\"{(Text!.Length > 40 ? Text[..40] + "…" : Text)}\"",
    };
}
