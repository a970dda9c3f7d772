using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using System.Runtime.InteropServices;
using Assay.Client.Api;
using Assay.Contracts;
using Assay.Contracts.Documents;

namespace Assay.Cli.Surface;

/// <summary>From arguments to an exit code: the parser's and the runtime's own codes never get out (interfaces §2).</summary>
internal static class Application
{
    /// <summary>Runs one command line.</summary>
    public static async Task<int> Run(string[] args, TextWriter answer, TextWriter notes)
    {
        using var stop = new CancellationTokenSource();
        using var interrupt = OnSignal(PosixSignal.SIGINT, stop);
        using var terminate = OnSignal(PosixSignal.SIGTERM, stop);
        var root = Root();
        // A reason may begin with '@': it is a text, not a file of further arguments.
        var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        var configuration = parsed.InvocationConfiguration;
        (configuration.Output, configuration.Error, configuration.EnableDefaultExceptionHandler, configuration.ProcessTerminationTimeout) = (answer, notes, false, null);
        if (args.Length == 0)
        {
            configuration.Output = notes;
            await root.Parse("--help").InvokeAsync(configuration, stop.Token);
            return ExitCode.Error;
        }
        if (parsed.Errors.Count > 0 || StrayOption(parsed, args) is not null)
            return WrongUse(parsed, args, answer, notes);
        return await parsed.InvokeAsync(configuration, stop.Token);
    }

    /// <summary>The whole surface.</summary>
    internal static RootCommand Root()
    {
        var root = new RootCommand("Assay, a model registry that people can believe. Captured, never curated; approved is not live; nothing is promoted without evidence.");
        foreach (var option in GlobalOptions.All)
            root.Add(option);
        foreach (var verb in Verbs.List.All())
            root.Add(verb);
        foreach (var help in root.Options.OfType<HelpOption>())
            help.Action = new TeachingHelp((HelpAction)help.Action!);
        return root;
    }

    /// <summary>Runs a verb and turns whatever it throws into words and an exit code.</summary>
    public static async Task<int> Guard(Call call, Func<Call, CancellationToken, Task<int>> act, CancellationToken ct)
    {
        using (call)
            try
            {
                return await act(call, ct);
            }
            catch (ApiRefusalException e)
            {
                call.Out.Refusal(e.Refusal, e.Body);
                return e.Refusal.Kind is RefusalKind.Forbidden ? ExitCode.Forbidden : ExitCode.Error;
            }
            catch (ApiUnreachableException e)
            {
                call.Out.Refusal(new(RefusalKind.Unavailable, "unreachable", e.Message));
                return ExitCode.Error;
            }
            catch (WrongUseException e)
            {
                call.Out.Refusal(e.Refusal);
                return ExitCode.Error;
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                call.Out.Refusal(new(RefusalKind.Unavailable, "interrupted", "Interrupted before it was done."));
                return ExitCode.Error;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                call.Out.Refusal(new(RefusalKind.Unavailable, "io", e.Message));
                return ExitCode.Error;
            }
            catch (Exception e)
            {
                call.Out.Refusal(new(RefusalKind.Unavailable, "crash", $"assay crashed: {e}"));
                return ExitCode.Error;
            }
    }

    static int WrongUse(ParseResult parsed, string[] args, TextWriter answer, TextWriter notes)
    {
        var command = parsed.CommandResult.Command;
        List<string> unknown = [.. parsed.UnmatchedTokens, .. StrayOption(parsed, args) is { } stray ? [stray] : Array.Empty<string>()];
        List<string> problems = unknown.Count > 0 ? [.. unknown.Select(t => $"'{t}' is unknown here.")] : [.. parsed.Errors.Select(e => e.Message).Distinct()];
        var known = command.Subcommands.Select(c => c.Name).Concat(command.Options.Concat(GlobalOptions.All).Select(o => o.Name)).ToList();
        var near = unknown.Select(t => Nearest.To(t, known)).FirstOrDefault(n => n is not null);
        var mend = (near is null ? "" : $"Is '{near}' meant? ") + $"See {Name(command)} --help.";
        new Output(answer, notes, args.Contains("--json"), quiet: false).Refusal(new(RefusalKind.Invalid, "wrong-use", string.Join(' ', problems), mend));
        return ExitCode.Error;
    }

    /// <summary>An option that nobody knows would otherwise become the value of an argument that may be left out.</summary>
    static string? StrayOption(ParseResult parsed, string[] args)
    {
        var values = parsed.CommandResult.Children.OfType<ArgumentResult>().Where(a => !a.Argument.CaptureRemainingTokens).SelectMany(a => a.Tokens).Select(t => t.Value).ToHashSet();
        return args.TakeWhile(a => a != "--").FirstOrDefault(a => a.StartsWith('-') && a.Length > 1 && values.Contains(a));
    }

    static string Name(Command command) => command.Parents.OfType<Command>().FirstOrDefault() is { } parent ? $"{Name(parent)} {command.Name}" : "assay";

    static PosixSignalRegistration OnSignal(PosixSignal signal, CancellationTokenSource stop) => PosixSignalRegistration.Create(signal, context =>
    {
        context.Cancel = true;
        stop.Cancel();
    });
}
