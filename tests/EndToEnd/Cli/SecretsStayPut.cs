using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Assay.Tests.Builders;

namespace Assay.Tests.EndToEnd.Cli;

/// <summary>A whole life of credentials against the real program: none of them stands in its log, its database or its ledger.</summary>
public sealed class SecretsStayPut
{
    [Fact]
    public async Task No_secret_stands_in_log_ledger_or_database()
    {
        await using var provider = await SignInProvider.Start();
        provider.Groups["alice"] = ["admins"];
        using var assay = new AssayProgram();
        var (data, policy, secret) = (Path.Combine(assay.Home, "data"), Path.Combine(assay.Home, "access.yaml"), Path.Combine(assay.Home, "secret"));
        await File.WriteAllTextAsync(secret, SignInProvider.Secret, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(policy, LockedServers.Policy.Replace("sign_in: {issuer: http://127.0.0.1:9, client_id: assay}",
            $"sign_in: {{issuer: \"{provider.Issuer}\", client_id: assay, client_secret_file: \"{secret}\"}}", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        using var process = assay.Start("server", "--listen", "http://127.0.0.1:0", "--data", data, "--access", policy);
        var log = new StringBuilder();
        process.ErrorDataReceived += (_, line) => log.AppendLine(line.Data);
        process.BeginErrorReadLine();
        var url = (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken))!.Split(' ')[^1];

        List<string> secrets = [SignInProvider.Secret, File.ReadAllText(Path.Combine(data, "first-admin-token")).Trim()];
        using var browser = new Builders.Browser(url);
        var leaving = await browser.Begin();
        secrets.AddRange(browser.Cookies.Values);
        var back = await browser.AtProvider(leaving, "alice");
        secrets.Add(System.Web.HttpUtility.ParseQueryString(back.Split('?')[1])["code"]!);
        await browser.Get(back);
        secrets.AddRange(browser.Cookies.Values);
        await browser.Get(back);
        using var http = new HttpClient { BaseAddress = new(url) };
        http.DefaultRequestHeaders.Authorization = new("Bearer", secrets[1]);
        var ana = await Json(await http.PostAsJsonAsync("/api/assay/v1/first-admin", new { name = "ana" }, TestContext.Current.CancellationToken));
        secrets.Add((string)ana["token"]!);
        http.DefaultRequestHeaders.Authorization = new("Bearer", secrets[^1]);
        secrets.Add((string)(await Json(await http.PostAsJsonAsync("/api/assay/v1/tokens", new { name = "laptop", expires = "1h" }, TestContext.Current.CancellationToken)))["token"]!);
        var device = await Json(await http.PostAsync("/oidc/device_authorization", new FormUrlEncodedContent([new("client_name", "x")]), TestContext.Current.CancellationToken));
        secrets.Add((string)device["device_code"]!);
        await browser.Post("/device", ("code", (string)device["user_code"]!), ("answer", "yes"));
        var got = await Json(await http.PostAsync("/oidc/token", new FormUrlEncodedContent([new("grant_type", "urn:ietf:params:oauth:grant-type:device_code"), new("device_code", secrets[^1])]), TestContext.Current.CancellationToken));
        secrets.Add((string)got["access_token"]!);
        await browser.Post("/signin/token", ("token", secrets[^1] + "wrong"));
        http.DefaultRequestHeaders.Authorization = new("Bearer", secrets[^1] + "wrong");
        (await http.GetAsync("/api/assay/v1/whoami", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await browser.Get("/ledger")).Status.ShouldBe(HttpStatusCode.OK);

        process.Kill();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        secrets.Count.ShouldBeGreaterThan(8);
        secrets.ShouldAllBe(s => s.Length > 20);
        foreach (var line in secrets)
            log.ToString().ShouldNotContain(line);
        var known = false;
        foreach (var file in Directory.EnumerateFiles(data, "*", SearchOption.AllDirectories))
        {
            var bytes = Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken));
            secrets.Where(s => bytes.Contains(s, StringComparison.Ordinal)).ShouldBeEmpty(file);
            known |= bytes.Contains("alice", StringComparison.Ordinal);
        }
        known.ShouldBeTrue("it was the right database");
    }

    static async Task<JsonNode> Json(HttpResponseMessage answer) => JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
}
