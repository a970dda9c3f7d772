using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Assay.Cli.Surface;

/// <summary>The usual help, and after it command lines that work.</summary>
internal sealed class TeachingHelp(HelpAction usual) : SynchronousCommandLineAction
{
    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        var code = usual.Invoke(parseResult);
        var to = parseResult.InvocationConfiguration.Output;
        if (parseResult.CommandResult.Command is Verb { Examples.Count: > 0 } verb)
        {
            to.WriteLine("Examples:");
            foreach (var example in verb.Examples)
                to.WriteLine($"  {example}");
            to.WriteLine();
        }
        to.WriteLine("Exit codes: 0 done or passed, 1 a negative answer, 2 wrong use or an error, 3 not decided yet, 4 not allowed.");
        return code;
    }
}
