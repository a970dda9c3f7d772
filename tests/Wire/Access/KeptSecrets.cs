using System.Net;
using System.Text;
using Assay.Server.Storage;
using Assay.Tests.Builders;
using Assay.Tests.Faults;

namespace Assay.Tests.Wire.Access;

/// <summary>Neither the identity token nor the credential that it bought is anywhere but with its bearer.</summary>
public sealed class KeptSecrets(Servers servers)
{
    [Fact]
    public async Task Nothing_on_the_disk_and_nothing_in_the_log_holds_a_token_or_a_credential()
    {
        await using var ci = await CiProvider.Start();
        var data = Directory.CreateTempSubdirectory("assay secrets ").FullName;
        List<string> secrets = [];
        await using (var server = await ServerProcess.Start(["--listen", "http://127.0.0.1:0", "--data", data, "--access", LockedServers.InFile(new AccessText(ci.Issuer), data)], new Dictionary<string, string>()))
        {
            foreach (var (token, fine) in ((string, bool)[])[(ci.Token(), true), (ci.Token(("event_name", "pull_request")), false), (CiKey.Rsa().Sign(ci.Claims()), false), (ci.Token(("aud", "x")), false)])
            {
                var answer = await server.Given.Send(Callers.ExchangeRequest(token, "log:fraud", key: Guid.NewGuid().ToString()));
                (answer.Status is HttpStatusCode.OK).ShouldBe(fine, answer.Text);
                secrets.AddRange(token.Split('.')[1..]);
                if (fine)
                    secrets.Add((string)answer.Json["access_token"]!);
            }
            server.Errors.ShouldNotContain(l => secrets.Exists(s => l.Contains(s, StringComparison.Ordinal)));
        }
        foreach (var file in Directory.EnumerateFiles(data, "*", SearchOption.AllDirectories))
        {
            var text = Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken));
            secrets.Where(s => text.Contains(s, StringComparison.Ordinal)).ShouldBeEmpty(file);
        }
        Directory.Delete(data, recursive: true);
    }

    [Theory, BothEngines]
    public async Task A_key_for_sending_again_gives_no_credential_twice(Engine engine)
    {
        await using var ci = await CiProvider.Start();
        await using var server = await servers.Locked(engine, new AccessText(ci.Issuer));
        var (token, key) = (ci.Token(), Guid.NewGuid().ToString());
        (await server.Given.Send(Callers.ExchangeRequest(token, "log:fraud", key))).Status.ShouldBe(HttpStatusCode.OK);
        var again = await server.Given.Send(Callers.ExchangeRequest(token, "log:fraud", key));
        ((string?)again.Json["code"]).ShouldBe("replayed");
        again.Text.ShouldNotContain("assay_job_");
        var kept = "";
        await ((Store)server.Services.GetService(typeof(Store))!).Visit("SELECT COUNT(*) FROM retries_answer", [], r => (kept = $"{r.Int(0)}") == "", TestContext.Current.CancellationToken);
        kept.ShouldBe("0");
    }
}
