using System.Text.RegularExpressions;
using Assay.Contracts;
using Assay.Contracts.Wire;

namespace Assay.Server.Tracking;

/// <summary>
/// What keys may be (MLflow's rules, its texts where clients look for them). How long things may be stands in <see cref="WireLimits"/>; long
/// params and tags are kept whole where MLflow cuts them silently: autologging relies on not being refused.
/// </summary>
public static partial class Limits
{
    /// <summary>A key of a metric, param or tag: letters, digits and <c>_ - . : /</c> and space, and, read as a path, normal and relative.</summary>
    public static Refusal? Key(string what, string key, string field = "key")
    {
        if (key.Length == 0)
            return Bad(what, key, field, "A key name must be provided.");
        if (WireLimits.Key.Length(key, field) is { } tooLong)
            return tooLong;
        if (!Allowed().IsMatch(key))
            return Bad(what, key, field, "Names may only contain alphanumerics, underscores (_), dashes (-), periods (.), spaces ( ), colons (:) and slashes (/).");
        return IsNormalPath(key) ? null : Bad(what, key, field, "Names may be treated as files in certain cases, and must not resolve to other names when treated as such.");
    }

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

    static Refusal Bad(string what, string key, string field, string rule) => new(RefusalKind.Invalid, "bad-key", $"Invalid {what.ToLowerInvariant()} name: '{key}'. {rule}", "Choose another key.", field);

    [GeneratedRegex(@"^[/\w.\- :]+\z")]
    private static partial Regex Allowed();
}
