using System.Text.RegularExpressions;
using Assay.Server.Storage;
using Assay.Tests.Builders;

namespace Assay.Tests.EndToEnd.Cli;

/// <summary>Signing in and out with the program, and what it then may.</summary>
public sealed partial class SigningInByTerminal(Servers servers)
{
    [Fact]
    public async Task The_first_administrator_signs_in_from_the_file_and_governs_access()
    {
        await using var server = await servers.Locked(Engine.Sqlite);
        using var assay = new AssayProgram();
        assay.Variables["ASSAY_URL"] = server.Url;
        (await assay.Run("whoami")).Code.ShouldBe(4);
        var file = Path.Combine(server.Options.Data, "first-admin-token");
        var secret = File.ReadAllText(file).Trim();
        var login = await assay.Run("login", "--first-admin", file, "--name", "ana");
        login.Code.ShouldBe(0, login.Errors);
        (login.Output + login.Errors).ShouldNotContain(secret);
        (login.Output + login.Errors).ShouldNotContain("assay_pat_");
        var stored = Path.Combine(assay.Home, "config", "assay", "credentials");
        File.GetUnixFileMode(stored).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var who = await assay.Run("whoami");
        who.Output.ShouldContain("person:ana");
        who.Output.ShouldContain("admin: for everything");
        (await assay.Run("doctor")).Output.ShouldContain("holds admin");
        var policy = Path.Combine(assay.Home, "access.yaml");
        await File.WriteAllTextAsync(policy, File.ReadAllText(server.Options.Access!).Replace("{group: viewers", "{group: lookers", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        (await assay.Run("access", "check", policy)).Code.ShouldBe(0);
        var diff = await assay.Run("access", "diff", policy, "--exit-code");
        diff.Code.ShouldBe(1, diff.Errors);
        diff.Output.ShouldContain("people group lookers: added");
        (await assay.Run("access", "apply", policy)).Code.ShouldBe(0);
        (await assay.Run("access", "diff", policy, "--exit-code")).Code.ShouldBe(0);
        (await assay.Run("access", "show")).Output.ShouldContain("person:ana");
        (await assay.Run("logout")).Code.ShouldBe(0);
        (await assay.Run("whoami")).Code.ShouldBe(4);
        (await assay.Run("login", "--first-admin", file, "--name", "eve")).Code.ShouldBe(2, "the file is gone");
    }

    [Fact]
    public async Task A_browser_confirms_a_terminal()
    {
        await using var provider = await SignInProvider.Start();
        var server = await servers.SignedInAt(provider);
        using var assay = new AssayProgram();
        using var waiting = assay.Start("login", "--server", server.Url, "--json");
        var line = await waiting.StandardError.ReadLineAsync(TestContext.Current.CancellationToken);
        var code = Code().Match(line!).Value;
        using var browser = new Builders.Browser(server.Url);
        await browser.SignIn("alice");
        (await browser.Post("/device", ("code", code), ("answer", "yes"))).Text.ShouldContain("Done");
        await waiting.WaitForExitAsync(TestContext.Current.CancellationToken);
        waiting.ExitCode.ShouldBe(0);
        (await waiting.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken)).ShouldContain("person:alice");
        (await assay.Run("whoami", "--server", server.Url)).Code.ShouldBe(0);
    }

    [Fact]
    public async Task A_token_comes_by_standard_input_and_goes_to_its_own_registry_only()
    {
        var (server, other) = (await servers.Locked(Engine.Sqlite), await servers.Locked(Engine.Sqlite));
        var token = await server.TokenOf("tina", ["trainers"]);
        using var assay = new AssayProgram();
        assay.Variables["ASSAY_URL"] = server.Url;
        (await assay.Fed("assay_pat_wrong\n", "login", "--token")).Code.ShouldBe(4);
        (await assay.Fed(token + "\n", "login", "--token")).Code.ShouldBe(0);
        (await assay.Run("whoami")).Output.ShouldContain("person:tina");
        (await assay.Run("whoami", "--server", other.Url)).Errors.ShouldContain("none came with the request");
        (await assay.Run("access", "show")).Code.ShouldBe(4);
        (await assay.Run("whoami", "--token")).Code.ShouldBe(2);
        File.SetUnixFileMode(Path.Combine(assay.Home, "config", "assay", "credentials"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        (await assay.Run("whoami")).Errors.ShouldContain("can be read or written by others");
    }

    [GeneratedRegex("[A-Z]{4}-[A-Z]{4}")]
    private static partial Regex Code();
}
