using System.CommandLine;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Assay.Cli.Access;
using Assay.Cli.Surface;
using Assay.Client;

namespace Assay.Cli.Verbs;

/// <summary>Runs a training command with what no client logs by itself.</summary>
internal static partial class RunVerb
{
    const int Terminate = 15;

    public static Verb Build()
    {
        var experiment = new Option<string?>("--experiment") { Description = "The experiment to log to (MLFLOW_EXPERIMENT_NAME).", HelpName = "E" };
        var scopes = new Option<string[]>("--scope") { Description = "GitLab: what the command needs a credential for later than ten minutes after the job's start, such as submit:MODEL; repeatable. log: and the experiment is got anyway.", HelpName = "S" };
        var command = new Argument<string[]>("command") { Description = "The training command, after --.", HelpName = "COMMAND", Arity = ArgumentArity.OneOrMore, CaptureRemainingTokens = true };
        return new Verb("run", "Runs a training command with MLFLOW_TRACKING_URI and MLFLOW_RUN_CONTEXT set: commit, clean tree, repository, branch, CI job, image, hardware. In CI with identity tokens (GitHub, GitLab, Kubernetes) it also gets and renews the job's credentials. Its exit code is passed on.",
            "assay run -- python train.py",
            "assay run --experiment fraud-training -- dotnet run --project Train -- --seed 7")
        { experiment, scopes, command }.Runs((call, ct) => Run(call, call.Get(experiment), call.Get(scopes) ?? [], call.Require(command), ct));
    }

    static async Task<int> Run(Call call, string? experiment, string[] scopes, string[] command, CancellationToken ct)
    {
        if (command is ["--", ..])
            command = command[1..];
        if (command.Length == 0)
            throw new WrongUseException("There is no command to run.", "Write it after --, such as assay run -- python train.py.", "command");
        var start = new ProcessStartInfo(command[0]) { UseShellExecute = false };
        foreach (var argument in command[1..])
            start.ArgumentList.Add(argument);
        await Surround(call, start, experiment, ct);
        await using var forwarder = await Forward(call, start, scopes, ct);
        using var process = Started(start);
        // Ctrl-C reaches the whole group by itself; a signal to this program alone is passed on.
        using var passOn = ct.Register(() => _ = process.HasExited ? 0 : Kill(process.Id, Terminate));
        await process.WaitForExitAsync(CancellationToken.None);
        return process.ExitCode;
    }

    static async Task Surround(Call call, ProcessStartInfo start, string? experiment, CancellationToken ct)
    {
        RunContext context;
        try
        {
            context = await RunContext.CaptureAsync(ct: ct);
        }
        catch (FormatException e)
        {
            throw new WrongUseException(e.Message, "Mend the variable in the job template, or leave it out: assay run sets it.", ContextVariable.Name);
        }
        foreach (var unknown in context.Unknown)
            call.Out.Note($"assay run: {unknown}");
        start.Environment["MLFLOW_TRACKING_URI"] = call.ServerAddress().ToString().TrimEnd('/');
        start.Environment[ContextVariable.Name] = context.ToVariable();
        if (experiment is not null)
            start.Environment["MLFLOW_EXPERIMENT_NAME"] = experiment;
        if (call.Token() is { } token)
            start.Environment["MLFLOW_TRACKING_TOKEN"] = token;
    }

    /// <summary>In CI without a credential of its own the command asks a forwarder on loopback, which has the job's.</summary>
    static async Task<Forwarder?> Forward(Call call, ProcessStartInfo start, string[] scopes, CancellationToken ct)
    {
        // What assay login stored is not meant here: it would end while the command runs.
        if (call.Get(GlobalOptions.Token) is not null || Client.Credentials.Resolve() is not null || CiTokenSource.Find() is not { } source)
            return null;
        var forwarder = await Forwarder.Start(call.ServerAddress(), source, start.Environment.TryGetValue("MLFLOW_EXPERIMENT_NAME", out var experiment) ? experiment : null, scopes, call.Out.Note, TimeProvider.System, ct);
        foreach (var name in (string[])["MLFLOW_TRACKING_URI", "ASSAY_URL"])
            start.Environment[name] = forwarder.Address;
        foreach (var name in (string[])["MLFLOW_TRACKING_TOKEN", "ASSAY_TOKEN"])
            start.Environment[name] = forwarder.Secret;
        // A name and password of ~/.mlflow/credentials would go before the token, and after these.
        (start.Environment["MLFLOW_TRACKING_USERNAME"], start.Environment["MLFLOW_TRACKING_PASSWORD"]) = ("assay-run", forwarder.Secret);
        // A company's proxy does not find this loopback. Clients read one of the two names and forget the other.
        var direct = string.Join(',', ((string[])["no_proxy", "NO_PROXY"]).Select(n => start.Environment.TryGetValue(n, out var set) ? set : null).Where(set => !string.IsNullOrEmpty(set)).Append("127.0.0.1").Distinct());
        (start.Environment["no_proxy"], start.Environment["NO_PROXY"]) = (direct, direct);
        // These identity tokens are for this program alone: each is good for one exchange.
        foreach (var name in start.Environment.Keys.Where(k => k.StartsWith("ASSAY_ID_TOKEN", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        return forwarder;
    }

    static Process Started(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new WrongUseException($"'{start.FileName}' cannot be run: {e.Message}.", "Give a command that the shell finds, after --.", "command");
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
