namespace Assay.Server.Deployments;

/// <summary>What environments and slots may be called: the names stand in addresses, labels and file names.</summary>
static class Names
{
    public const string Rule = "1 to 63 of a-z, A-Z, 0-9, '-', '_' and '.', beginning with a letter or digit";

    public static bool IsEnvironment(string name) =>
        name.Length is > 0 and <= 63 && char.IsAsciiLetterOrDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');
}
