using System.Globalization;

namespace Assay.Contracts.Wire;

/// <summary>
/// One limit of what may be sent: how much at most, and what it refuses with. It is checked before work is done for what it limits.
/// </summary>
/// <param name="What">What is limited, as a sentence begins: <c>Param value</c>.</param>
/// <param name="Most">The greatest that is accepted.</param>
/// <param name="Unit">What is counted: <c>characters</c>, <c>bytes</c>, <c>items</c>.</param>
/// <param name="Where">The routes it holds for, for the docs.</param>
/// <param name="Mlflow">What MLflow's own server has there, for the docs.</param>
public sealed record Limit(string What, long Most, string Unit, string Where, string Mlflow)
{
    const int MostShown = 100;

    /// <summary>The refusal of a text that is longer; null when it is not.</summary>
    public Refusal? Length(string? value, string field) => value is null || value.Length <= Most ? null : Refuse(
        $"{What} '{value[..Math.Min(MostShown, value.Length)]}…' had length {value.Length}, which exceeded length limit of {Most}.",
        $"Shorten it to {Most} {Unit}.", field);

    /// <summary>The refusal of a list with more members; null when it has not.</summary>
    public Refusal? Count(long got, string field) => got <= Most ? null : Refuse(
        $"{What} can contain at most {Most} {Unit}. Got {got} {Unit}.", $"Split the {Unit} across several requests.", field);

    /// <summary>The same in MLflow's words, where clients and their tests look for them.</summary>
    public Refusal? Count(long got, string field, string words) => got <= Most ? null : Refuse($"{words} {Most} {field.TrimEnd('s')}s. Received {got} {field.TrimEnd('s')}s.", $"Split the {Unit} across several requests.", field);

    /// <summary>The refusal of a page or of anything else that is asked for and is too much; null when it is not.</summary>
    public Refusal? Asked(long asked, string field) => asked >= 1 && asked <= Most ? null : Refuse(
        $"Invalid value {asked.ToString(CultureInfo.InvariantCulture)} for parameter '{field}' supplied: it must be at least 1 and at most {Most}.",
        $"Ask for 1 to {Most} {Unit} and follow next_page_token.", field);

    /// <summary>A refusal in words of its own.</summary>
    public static Refusal Refuse(string message, string mend, string field) => new(RefusalKind.Invalid, "over-limit", message, mend, field);
}
