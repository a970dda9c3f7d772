using System.CommandLine;

namespace Assay.Cli.Verbs;

/// <summary>Every verb, in the order of the help.</summary>
internal static class List
{
    public static IEnumerable<Command> All() =>
    [
        ServerVerb.Build(),
        VersionVerb.Build(),
    ];
}
