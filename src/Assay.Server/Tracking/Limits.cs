using System.Text.RegularExpressions;
using Assay.Contracts;

namespace Assay.Server.Tracking;

/// <summary>
/// What keys and values may be (MLflow's rules, its texts where clients look for them). Long params and tags are kept whole up to
/// <see cref="MostValue"/> characters where MLflow cuts them silently: autologging relies on not being refused.
/// </summary>
public static partial class Limits
{
    /// <summary>Characters of a key.</summary>
    public const int MostKey = 250;

    /// <summary>Characters of a param's or tag's value.</summary>
    public const int MostValue = 1_000_000;

    public const int MostExperimentName = 500, MostExperimentTag = 5000, MostLocation = 2048, MostRunName = 1000, MostDatasetName = 500, MostDatasetDigest = 100, MostInputTagKey = 255, MostInputTagValue = 500,
        MostSchema = 1_048_575, MostSource = 65_535, MostProfile = 16_777_215, MostMetrics = 1000, MostParams = 100, MostTags = 100, MostTogether = 1000;

    /// <summary>A key of a metric, param or tag: letters, digits and <c>_ - . : /</c> and space, and, read as a path, normal and relative.</summary>
    public static Refusal? Key(string what, string key, string field = "key")
    {
        if (key.Length == 0)
            return Bad(what, key, field, "A key name must be provided.");
        if (key.Length > MostKey)
            return TooLong($"{what} name", key, MostKey, field);
        if (!Allowed().IsMatch(key))
            return Bad(what, key, field, "Names may only contain alphanumerics, underscores (_), dashes (-), periods (.), spaces ( ), colons (:) and slashes (/).");
        return IsNormalPath(key) ? null : Bad(what, key, field, "Names may be treated as files in certain cases, and must not resolve to other names when treated as such.");
    }

    /// <summary>Is the text within its length?</summary>
    public static Refusal? Length(string what, string? value, int most, string field) => value is null || value.Length <= most ? null : TooLong(what, value, most, field);

    /// <summary>The first refusal that is one.</summary>
    public static Refusal? First(params ReadOnlySpan<Refusal?> refusals)
    {
        foreach (var refusal in refusals)
            if (refusal is not null)
                return refusal;
        return null;
    }

    static bool IsNormalPath(string key)
    {
        foreach (var part in key.AsSpan().Split('/'))
            if (key[part] is "" or "." or "..")
                return false;
        return true;
    }

    static Refusal Bad(string what, string key, string field, string rule) => new(RefusalKind.Invalid, "bad-key", $"Invalid {what.ToLowerInvariant()} name: '{key}'. {rule}", Field: field);

    static Refusal TooLong(string what, string value, int most, string field) => new(RefusalKind.Invalid, "too-long",
        $"{what} '{value[..Math.Min(100, value.Length)]}…' had length {value.Length}, which exceeded length limit of {most}.", Field: field);

    [GeneratedRegex(@"^[/\w.\- :]+\z")]
    private static partial Regex Allowed();
}
