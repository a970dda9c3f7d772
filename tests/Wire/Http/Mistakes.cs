using System.Text;
using Assay.Server.Storage;

namespace Assay.Tests.Wire.Http;

public sealed class Mistakes(Servers servers)
{
    [Theory]
    [InlineData("POST", "versions", "{\"run_id\": ", 400, "unreadable-request")]
    [InlineData("POST", "versions", "{\"run\": \"x\"}", 400, "unreadable-request")]
    [InlineData("POST", "versions", "[1]", 400, "unreadable-request")]
    [InlineData("POST", "versions", "{\"run_id\": \"\\u0000\", \"model\": \"x\"}", 400, "unreadable-request")]
    [InlineData("GET", "drift?model=%00", null, 400, "unreadable-request")]
    [InlineData("GET", "ledger/entries?limit=many", null, 400, "unreadable-request")]
    [InlineData("GET", "nowhere", null, 404, "no-such-address")]
    [InlineData("DELETE", "models", null, 405, "wrong-method")]
    [InlineData("GET", "models/nobody", null, 404, "no-such-model")]
    [InlineData("GET", "runs/nobody/capture", null, 404, "no-such-run")]
    [InlineData("GET", "artifacts/sha256:12", null, 400, "bad-version-key")]
    public async Task A_mistake_is_answered_with_what_is_wrong_and_how_to_mend_it(string method, string path, string? body, int status, string code)
    {
        var server = await servers.On(Engine.Sqlite);
        using var request = new HttpRequestMessage(new(method), "/api/assay/v1/" + path);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        var answer = await server.Given.Send(request);
        answer.ShouldBeRefused(status, code);
        ((string?)answer.Json["mend"]).ShouldNotBeNullOrEmpty();
    }
}
