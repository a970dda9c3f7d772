using System.CommandLine;

namespace Assay.Cli.Surface;

/// <summary>One verb: its description and its examples are its documentation, its answer is an exit code.</summary>
internal sealed class Verb(string name, string description, params string[] examples) : Command(name, description)
{
    /// <summary>Command lines that work, shown at the end of its help.</summary>
    public IReadOnlyList<string> Examples => examples;

    /// <summary>Says what the verb does.</summary>
    public Verb Runs(Func<Call, CancellationToken, Task<int>> act)
    {
        SetAction((parsed, ct) => Application.Guard(new(parsed), act, ct));
        return this;
    }
}
