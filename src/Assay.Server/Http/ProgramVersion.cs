using System.Reflection;

namespace Assay.Server.Http;

/// <summary>The version of this program, as verdicts, reports and <c>/livez</c> name it.</summary>
public static class ProgramVersion
{
    /// <summary>Such as <c>0.1.0</c>.</summary>
    public static string Text { get; } = typeof(ProgramVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
