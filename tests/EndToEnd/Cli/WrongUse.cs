using System.Runtime.InteropServices;

namespace Assay.Tests.EndToEnd.Cli;

/// <summary>Help, mistakes and codes, by the program itself.</summary>
public sealed partial class WrongUse : IDisposable
{
    readonly AssayProgram assay = new();

    public void Dispose() => assay.Dispose();

    [Theory]
    [InlineData("servr", "'serve'"), InlineData("version --jsn", "'--json'"), InlineData("gate fraud/1", "--env"), InlineData("gate fraud --env production", "names no version")]
    [InlineData("drift --wat", "unknown"), InlineData("server --capture maybe", "--capture enforce"), InlineData("server --listen http://0.0.0.0:5000", "open to the network")]
    [InlineData("run", "command"), InlineData("run -- /no/such/program", "cannot be run"), InlineData("whoami --server ftp://x", "no address"), InlineData("gate fraud/1 --env e --wait=soon", "--wait=10m")]
    public async Task A_mistake_ends_with_2_and_says_what_to_do(string line, string says)
    {
        var answer = await assay.Run(line.Split(' '));
        answer.Code.ShouldBe(2, answer.Errors);
        answer.Errors.ShouldContain(says);
        answer.Output.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("servr --json"), InlineData("whoami --json --server http://127.0.0.1:1"), InlineData("server --json --listen nowhere"), InlineData("version --json")]
    public async Task With_json_there_is_exactly_one_document(string line)
    {
        var answer = await assay.Run(line.Split(' '));
        answer.Json.ShouldNotBeNull();
    }

    [Fact]
    public async Task No_server_says_how_to_start_one() => (await assay.Run("drift", "--server", "http://127.0.0.1:1")).Errors.ShouldContain("assay server");

    [Fact]
    public async Task Help_teaches_with_examples()
    {
        var help = await assay.Run("gate", "--help");
        help.Code.ShouldBe(0);
        help.Output.ShouldContain("assay gate fraud@sha256:");
        help.Output.ShouldContain("Exit codes:");
        (await assay.Run()).ShouldSatisfyAllConditions(a => a.Code.ShouldBe(2), a => a.Errors.ShouldContain("assay [command]"));
    }

    [Fact]
    public async Task Documents_are_checked_without_a_server()
    {
        var file = Path.Combine(assay.Home, "production.yaml");
        await File.WriteAllTextAsync(file, "apiVersion: assay/v1\nkind: Environment\nmetadata: {name: production}\nrunbok: x\n");
        var answer = await assay.Run("environment", "check", file);
        answer.Code.ShouldBe(2);
        answer.Errors.ShouldContain("line 4, column 1");
        answer.Errors.ShouldContain("'runbook'");
    }

    [Fact]
    public async Task Run_passes_on_the_commands_code_and_sets_what_clients_read()
    {
        var answer = await assay.Run("run", "--quiet", "--experiment", "fraud", "--server", "http://127.0.0.1:5999", "--", "sh", "-c", "echo $MLFLOW_TRACKING_URI $MLFLOW_EXPERIMENT_NAME $MLFLOW_RUN_CONTEXT; exit 7");
        answer.Code.ShouldBe(7);
        answer.Output.ShouldStartWith("http://127.0.0.1:5999 fraud {");
    }

    [Fact]
    public async Task A_server_says_one_line_when_it_is_ready_and_ends_with_0_when_asked_to()
    {
        using var process = assay.Start("server", "--listen", "http://127.0.0.1:0", "--data", Path.Combine(assay.Home, "data folder"));
        _ = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken)).ShouldNotBeNull().ShouldStartWith("Assay is listening on http://127.0.0.1:");
        Kill(process.Id, 15).ShouldBe(0);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        process.ExitCode.ShouldBe(0);
        (await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken)).ShouldBeEmpty();
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
