using Assay.Cli.Surface;

namespace Assay.Cli.Verbs;

/// <summary>Looks into data sets, and makes lists of row digests of private ones.</summary>
internal static class DataVerb
{
    public static Verb Build() => new Verb("data", "Data sets for measuring: what is in them, and the digests of their rows.") { DataShowVerb.Build(), DataDigestVerb.Build() };
}
