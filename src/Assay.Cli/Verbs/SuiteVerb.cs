using Assay.Cli.Surface;

namespace Assay.Cli.Verbs;

/// <summary>Suites as files: a first one is written, and any is checked.</summary>
internal static class SuiteVerb
{
    public static Verb Build() => new Verb("suite", "Suites for measuring: writes a first one for a version, and checks what stands in a file.") { SuiteInitVerb.Build(), SuiteCheckVerb.Build() };
}
