using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Assay.Cli.Surface;

namespace Assay.Cli.Verbs;

/// <summary>Which version of the program this is.</summary>
internal static class VersionVerb
{
    public static Verb Build() => new Verb("version", "Prints the version of this program.", "assay version --json").Runs((call, _) =>
    {
        var version = typeof(VersionVerb).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+');
        call.Out.Line($"assay {version[0]}{(version.Length > 1 ? $" ({version[1]})" : "")} on {RuntimeInformation.FrameworkDescription}");
        call.Out.Document(new JsonObject { ["version"] = version[0], ["commit"] = version.ElementAtOrDefault(1), ["runtime"] = RuntimeInformation.FrameworkDescription });
        return Task.FromResult(ExitCode.Done);
    });
}
