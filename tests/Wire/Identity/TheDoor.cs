using System.Net.Http.Json;
using Assay.Server.Storage;

namespace Assay.Tests.Wire.Identity;

public sealed class TheDoor(Servers servers)
{
    public static TheoryData<string, string> ForeignCalls => new()
    {
        { "Origin", "http://evil.example" }, { "Origin", "null" }, { "Sec-Fetch-Site", "cross-site" }, { "Sec-Fetch-Site", "same-site" }, { "Host", "evil.example" }, { "Host", "127.0.0.1.evil.example" },
        { "X-Forwarded-For", "203.0.113.9" }, { "Forwarded", "for=203.0.113.9" }, { "X-Forwarded-Host", "assay.example" }, { "X-Assay-As", ":approver" },
    };

    [Theory, MemberData(nameof(ForeignCalls))]
    public async Task A_call_from_a_web_page_a_rebound_name_or_a_proxy_changes_nothing(string header, string value)
    {
        var server = await servers.On(Engine.Sqlite);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/2.0/mlflow/registered-models/create") { Content = JsonContent.Create(new { name = "x" }) };
        request.Headers.TryAddWithoutValidation(header, value);
        var answer = await server.Given.Send(request);
        ((int)answer.Status).ShouldBe(403);
        ((string?)answer.Json["error_code"]).ShouldBe("PERMISSION_DENIED");
        ((string?)answer.Json["mend"]).ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task Our_own_pages_and_plain_programs_are_let_in()
    {
        var server = await servers.On(Engine.Sqlite);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/assay/v1/ledger/verification");
        request.Headers.TryAddWithoutValidation("Origin", server.Url);
        request.Headers.TryAddWithoutValidation("Sec-Fetch-Site", "same-origin");
        ((int)(await server.Given.Send(request)).Status).ShouldBe(200);
        (await server.Http.GetAsync("/health")).EnsureSuccessStatusCode();
    }

    [Fact]
    public async Task Every_answer_forbids_framing_and_foreign_content()
    {
        var server = await servers.On(Engine.Sqlite);
        foreach (var path in (string[])["/", "/health", "/api/assay/v1/keys", "/nowhere"])
        {
            var answer = await server.Http.GetAsync(path);
            answer.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("default-src 'self'");
            answer.Headers.GetValues("X-Frame-Options").Single().ShouldBe("DENY");
            answer.Headers.GetValues("X-Content-Type-Options").Single().ShouldBe("nosniff");
        }
    }
}
