using System.Net;
using Assay.Server.Storage;
using Assay.Tests.Builders;

namespace Assay.Tests.EndToEnd.Cli;

/// <summary>From a run to what is live and back, by the program alone.</summary>
public sealed class TheLoop(Servers servers) : IDisposable
{
    readonly AssayProgram assay = new();

    public void Dispose() => assay.Dispose();

    async Task<ProgramAnswer> Ends(int code, params string[] arguments)
    {
        var answer = await assay.Run(arguments);
        answer.Code.ShouldBe(code, $"assay {string.Join(' ', arguments)}\n{answer.Output}\n{answer.Errors}");
        return answer;
    }

    [Theory, BothEngines]
    public async Task A_version_is_submitted_judged_approved_pulled_verified_seen_live_and_explained(Engine engine)
    {
        var server = await servers.On(engine);
        var model = Given.Name("model");
        var folder = Path.Combine(assay.Home, "pulled model");
        assay.Variables["ASSAY_URL"] = server.Url;
        var run = await server.Given.ACompleteRun(weights: model);
        await Ends(0, "capture", "check", "--run", run.Id, "--model", model);
        var digest = (string)(await Ends(0, "submit", "--run", run.Id, "--model", model, "--json")).Json["digest"]!;
        var version = new SealedVersion(model, run, digest, 1);

        await Ends(3, "gate", $"{model}/1", "--env", "production");
        await Ends(1, "approve", $"{model}@{digest}", "--env", "production");
        await Ends(1, "pull", model, "--env", "production", "--verify", "-o", folder);
        Directory.Exists(folder).ShouldBeFalse();

        await Given.Ok(server.Given.Attach(version, Judging.Invariants()), HttpStatusCode.Created);
        await Ends(0, "submit", "--run", run.Id, "--model", model, "--wait=60s");
        (await Ends(0, "gate", digest, "--env", "production", "--json")).Json["verdict"]!.GetValue<string>().ShouldBe("passed");
        await Ends(3, "promote", $"{model}/1", "--env", "production", "--as", "bo");
        (await Ends(0, "promotions", model, "--json")).Json["requests"]!.AsArray().Count.ShouldBe(1);
        await Ends(0, "approve", $"{model}/1", "--env", "production", "--comment", "@bo looked at it");
        await Ends(1, "rollback", model, "--env", "production", "--reason", "nothing to go back to");

        (await Ends(0, "pull", model, "--env", "production", "--verify", "-o", folder)).Errors.ShouldContain("Pinned key");
        await Ends(2, "pull", model, "--env", "production", "-o", folder);
        (await Ends(0, "verify", folder, "--env", "production", "--server", "http://127.0.0.1:1")).Output.ShouldContain(digest);
        await Ends(1, "verify", folder, "--env", "staging");
        await Ends(0, "verify", $"{model}/1", "--env", "production");

        await Ends(0, "agent", "--env", "production", "--once", "--source", $"agent/{model}", "--path", folder, "--model", model);
        await Ends(0, "drift", model, "--env", "production", "--exit-code");
        await File.AppendAllTextAsync(Path.Combine(folder, "model", "model.pkl"), "x");
        await Ends(1, "verify", folder, "--env", "production");
        await Ends(0, "agent", "--env", "production", "--once", "--source", $"agent/{model}", "--path", folder, "--model", model);
        (await Ends(1, "drift", model, "--env", "production", "--exit-code")).Output.ShouldContain("unapproved-live");
        await Ends(1, "agent", "--env", "production", "--once", "--source", $"agent/{model}", "--endpoint", "http://127.0.0.1:1", "--model", model);

        var why = await Ends(0, "why", model, "--env", "production");
        foreach (var fact in new[] { digest[7..19], Given.Commit, "learning_rate", "transactions", "assay pull", "not recorded" })
            why.Output.ShouldContain(fact);
    }

    [Theory, BothEngines]
    public async Task An_incomplete_run_ends_with_1_and_every_gap(Engine engine)
    {
        var server = await servers.On(engine);
        assay.Variables["ASSAY_URL"] = server.Url;
        var run = await server.Given.ARun();
        await server.Given.End(run);
        var answer = await Ends(1, "submit", "--run", run.Id, "--model", Given.Name("model"), "--json");
        answer.Json["gaps"]!.AsArray().Count.ShouldBeGreaterThan(3);
        answer.Json["status"]!.GetValue<string>().ShouldBe("rejected");
        answer.Errors.ShouldContain("model.signature");
        (await Ends(1, "capture", "check", "--run", run.Id)).Output.ShouldContain("data.inputs");
    }

    [Theory, BothEngines]
    public async Task The_ledger_is_verified_from_outside_and_against_an_older_head(Engine engine)
    {
        await using var server = await servers.Fresh(engine);
        assay.Variables["ASSAY_URL"] = server.Url;
        await server.Given.ACandidate();
        var head = Path.Combine(assay.Home, "head");
        for (var looked = 0; !File.Exists(head) && looked < 1000; looked++)
            if (await server.Given.Api(HttpMethod.Get, "ledger/checkpoint") is { Status: HttpStatusCode.OK } answer)
                await File.WriteAllBytesAsync(head, answer.Bytes);
        await server.Given.ACandidate();
        (await Ends(0, "ledger", "verify", "--since", head, "--json")).Json["ok"]!.GetValue<bool>().ShouldBeTrue();
        await File.WriteAllTextAsync(head, (await File.ReadAllTextAsync(head)).Replace("time 20", "time 19", StringComparison.Ordinal));
        (await Ends(1, "ledger", "verify", "--since", head)).Output.ShouldContain("not signed");
        await Ends(0, "ledger", "show", "-n", "3");
    }

    [Theory, BothEngines]
    public async Task Documents_are_applied_shown_and_checked(Engine engine)
    {
        var server = await servers.On(engine);
        assay.Variables["ASSAY_URL"] = server.Url;
        var name = Given.Name("env");
        var file = Path.Combine(assay.Home, "environment.yaml");
        await File.WriteAllTextAsync(file, $"apiVersion: assay/v1\nkind: Environment\nmetadata: {{name: {name}}}\nowners: [ana]\n");
        await Ends(0, "environment", "check", file);
        (await Ends(0, "environment", "apply", file)).Output.ShouldContain("applied");
        (await Ends(0, "environment", "apply", file)).Output.ShouldContain("already");
        (await Ends(0, "environment", "show", name)).Output.ShouldContain("owners: [ana]");
        await Ends(2, "policy", "apply", file);
        (await Ends(0, "profile", "show")).Output.ShouldContain("standard");
        (await Ends(0, "whoami", "--as", "ana:approver:model-risk")).Output.ShouldContain("local:ana");
        await Ends(0, "doctor");
    }
}
