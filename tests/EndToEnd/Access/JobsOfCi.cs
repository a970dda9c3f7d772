using System.Text.Json.Nodes;
using Assay.Server.Storage;
using Assay.Tests.Builders;
using Assay.Tests.EndToEnd.Cli;

namespace Assay.Tests.EndToEnd.Access;

/// <summary>The real program as CI jobs run it, without any stored secret.</summary>
public sealed class JobsOfCi(Servers servers)
{
    [Fact]
    public async Task A_plain_client_under_assay_run_logs_as_the_job_and_its_exit_code_is_passed_on()
    {
        await using var job = await Job.Start(servers);
        foreach (var (name, value) in job.Ci.JobVariables)
            job.Assay.Variables[name] = value;
        const string Client = """
            curl -sf -H "Authorization: Bearer $MLFLOW_TRACKING_TOKEN" -H 'Content-Type: application/json' "$MLFLOW_TRACKING_URI/api/2.0/mlflow/experiments/create" -d "{\"name\":\"$MLFLOW_EXPERIMENT_NAME\"}" || exit 1
            curl -s -o /dev/null -w '%{http_code}' "$MLFLOW_TRACKING_URI/api/2.0/mlflow/experiments/get?experiment_id=1"
            exit 7
            """;
        var answer = await job.Assay.Run("run", "--experiment", "fraud", "--server", job.Server.Url, "--", "bash", "-c", Client);
        answer.Code.ShouldBe(7, answer.Errors);
        answer.Output.ShouldContain("experiment_id");
        answer.Output.ShouldEndWith("401");
        (await job.Server.Ledger("token.exchanged")).ShouldContain("log:fraud");
    }

    [Fact]
    public async Task Neither_a_proxy_nor_a_kept_password_comes_between_the_command_and_its_registry()
    {
        await using var job = await Job.Start(servers);
        foreach (var (name, value) in job.Ci.JobVariables)
            job.Assay.Variables[name] = value;
        (job.Assay.Variables["no_proxy"], job.Assay.Variables["NO_PROXY"]) = ("", "git.example");
        // MLflow's client takes user and password, these variables before ~/.mlflow/credentials, before any token.
        var answer = await job.Assay.Run("run", "--experiment", "fraud", "--server", job.Server.Url, "--", "bash", "-c", """
            curl -s -o /dev/null -w '%{http_code}' -u "$MLFLOW_TRACKING_USERNAME:$MLFLOW_TRACKING_PASSWORD" "$MLFLOW_TRACKING_URI/api/2.0/mlflow/experiments/get-by-name?experiment_name=fraud"
            echo " $no_proxy $NO_PROXY"
            """);
        answer.Output.Trim().ShouldBe("404 git.example,127.0.0.1 git.example,127.0.0.1", answer.Errors);
    }

    [Fact]
    public async Task A_large_file_passes_through_in_flat_memory()
    {
        await using var job = await Job.Start(servers);
        foreach (var (name, value) in job.Ci.JobVariables)
            job.Assay.Variables[name] = value;
        var given = await job.Server.Job(job.Ci, "log:large");
        var run = await given.ARun(await given.AnExperiment("large"));
        var address = $"$MLFLOW_TRACKING_URI/api/2.0/mlflow-artifacts/artifacts/{run.Root}/weights.bin";
        var client = $"""
            head -c 400000000 /dev/zero | curl -sf -o /dev/null -H "Authorization: Bearer $MLFLOW_TRACKING_TOKEN" -H 'Content-Type: application/octet-stream' -T - "{address}" || exit 1
            curl -sf -H "Authorization: Bearer $MLFLOW_TRACKING_TOKEN" "{address}" | wc -c
            grep VmHWM /proc/$PPID/status
            """;
        var answer = await job.Assay.Run("run", "--experiment", "large", "--server", job.Server.Url, "--", "bash", "-c", client);
        answer.Code.ShouldBe(0, answer.Errors);
        var said = answer.Output.Split((char[])[' ', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries);
        said[0].ShouldBe("400000000");
        (said[1], long.Parse(said[2], System.Globalization.CultureInfo.InvariantCulture)).ShouldSatisfyAllConditions(m => m.Item1.ShouldBe("VmHWM:"), m => m.Item2.ShouldBeLessThan(300_000, "kB of the forwarder's process at its highest"));
        TestContext.Current.TestOutputHelper?.WriteLine($"VmHWM {said[2]} kB");
    }

    [Theory]
    [InlineData("github")]
    [InlineData("gitlab")]
    [InlineData("kubernetes")]
    public async Task Login_finds_the_token_of_the_CI_by_itself_and_keeps_the_credential_for_its_user_alone(string ci)
    {
        await using var job = await Job.Start(servers);
        var file = Path.Combine(job.Assay.Home, "token");
        await File.WriteAllTextAsync(file, job.Ci.Token() + "\n", TestContext.Current.CancellationToken);
        foreach (var (name, value) in ci switch
        {
            "github" => job.Ci.JobVariables,
            "gitlab" => new Dictionary<string, string> { ["ASSAY_ID_TOKEN"] = job.Ci.Token() },
            _ => new Dictionary<string, string> { ["ASSAY_ID_TOKEN_FILE"] = file },
        })
            job.Assay.Variables[name] = value;
        var answer = await job.Assay.Run("login", "--oidc", "--scope", "submit:fraud", "--server", job.Server.Url, "--json");
        answer.Code.ShouldBe(0, answer.Errors);
        ((string?)answer.Json["principal"]).ShouldBe("workload:training");
        var stored = (string)answer.Json["stored"]!;
        File.GetUnixFileMode(stored).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        (answer.Output + answer.Errors).ShouldNotContain("assay_job_");
        (await job.Assay.Run("whoami", "--server", job.Server.Url)).Output.ShouldContain("workload:training");
        var again = await job.Assay.Run("login", "--oidc", "--scope", "submit:fraud", "--server", job.Server.Url);
        if (ci == "github")
            again.Code.ShouldBe(0, again.Errors);
        else
            (again.Code, again.Errors.Contains("exchanged before", StringComparison.Ordinal)).ShouldBe((4, true), again.Errors);
    }

    [Fact]
    public async Task An_agent_in_a_cluster_reports_with_its_service_accounts_token_and_for_its_environment_only()
    {
        await using var job = await Job.Start(servers);
        var file = Path.Combine(job.Assay.Home, "token");
        job.Assay.Variables["ASSAY_ID_TOKEN_FILE"] = file;
        Task<ProgramAnswer> Look(string environment)
        {
            File.WriteAllText(file, job.Ci.Token(("sub", "system:serviceaccount:assay:agent"), ("kubernetes.io", new JsonObject { ["serviceaccount"] = new JsonObject { ["uid"] = "c0ffee" } })));
            return job.Assay.Run("agent", "--env", environment, "--once", "--source", "agent/eu-1", "--endpoint", "http://127.0.0.1:1", "--model", "fraud", "--server", job.Server.Url);
        }
        var told = await Look("production");
        told.Errors.ShouldNotContain("credential");
        (await job.Server.Ledger("token.exchanged")).ShouldContain("report:production");
        var refused = await Look("staging");
        refused.Errors.ShouldContain("report:staging");
        refused.Code.ShouldNotBe(0);
    }

    [Fact]
    public async Task Login_says_what_is_missing()
    {
        await using var job = await Job.Start(servers);
        var without = await job.Assay.Run("login", "--oidc", "--scope", "submit:fraud", "--server", job.Server.Url);
        (without.Code, without.Errors.Contains("id-token: write", StringComparison.Ordinal)).ShouldBe((2, true), without.Errors);
        foreach (var (name, value) in job.Ci.JobVariables)
            job.Assay.Variables[name] = value;
        (await job.Assay.Run("login", "--oidc", "--server", job.Server.Url)).Errors.ShouldContain("--scope");
        var refused = await job.Assay.Run("login", "--oidc", "--scope", "attest:heldout:fraud", "--server", job.Server.Url);
        (refused.Code, refused.Errors.Contains("not granted", StringComparison.Ordinal)).ShouldBe((4, true), refused.Errors);
        var printed = await job.Assay.Run("login", "--oidc", "--scope", "submit:fraud", "--print", "--server", job.Server.Url);
        printed.Output.Trim().ShouldStartWith("assay_job_");
    }

    /// <summary>A CI, a locked server, and the program of a job.</summary>
    sealed record Job(CiProvider Ci, TestServer Server, AssayProgram Assay) : IAsyncDisposable
    {
        public static async Task<Job> Start(Servers servers)
        {
            var ci = await CiProvider.Start();
            return new(ci, await servers.Locked(Engine.Sqlite, new AccessText(ci.Issuer)), new());
        }

        public async ValueTask DisposeAsync()
        {
            Assay.Dispose();
            await Server.DisposeAsync();
            await Ci.DisposeAsync();
        }
    }
}
