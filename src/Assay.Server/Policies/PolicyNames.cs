namespace Assay.Server.Policies;

/// <summary>What names of policies and environments look like.</summary>
public static class PolicyNames
{
    /// <summary>As <see cref="Valid"/>, 63 at most: an environment's name also stands in labels.</summary>
    public static bool IsEnvironment(string name) => name.Length <= 63 && Valid(name);

    /// <summary>1 to 100 letters, digits, '-', '_' or '.', a letter or digit first.</summary>
    public static bool Valid(string name) =>
        name.Length is > 0 and <= 100 && char.IsAsciiLetterOrDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');
}
