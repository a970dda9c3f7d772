using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Assay.Server.Retries;
using Assay.Server.Storage;
using Assay.Tests.Builders;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Tests.Wire.Retries;

public sealed class OneKey(Servers servers)
{
    const string Create = "/api/2.0/mlflow/runs/create";

    [Theory, BothEngines]
    public async Task A_retry_gets_the_first_answer_and_is_told_so(Engine engine)
    {
        var server = await servers.On(engine);
        var key = Guid.NewGuid().ToString();
        using var first = await Send(server, Create, ARun(), key);
        using var again = await Send(server, Create, ARun(), $"\"{key}\"");
        (await again.Content.ReadAsStringAsync()).ShouldBe(await first.Content.ReadAsStringAsync());
        again.StatusCode.ShouldBe(HttpStatusCode.OK);
        again.Content.Headers.ContentType.ShouldBe(first.Content.Headers.ContentType);
        first.Headers.Contains("Idempotency-Replayed").ShouldBeFalse();
        again.Headers.GetValues("Idempotency-Replayed").ShouldBe(["true"]);
        using var unkeyed = await Send(server, Create, ARun(), null);
        (await unkeyed.Content.ReadAsStringAsync()).ShouldNotBe(await first.Content.ReadAsStringAsync(), "without a key every call is a new one");
    }

    [Theory, BothEngines]
    public async Task Twins_at_the_same_time_do_it_once_and_all_get_its_answer(Engine engine)
    {
        var server = await servers.On(engine);
        var (key, name) = (Guid.NewGuid().ToString(), Given.Name("experiment"));
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(async _ =>
        {
            using var answer = await Send(server, "/api/2.0/mlflow/experiments/create", new() { ["name"] = name }, key);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, "unkeyed, all but one would be told that the name is taken");
            return await answer.Content.ReadAsStringAsync();
        }));
        answers.Distinct().Count().ShouldBe(1);
    }

    [Theory, BothEngines]
    public async Task Another_body_under_the_same_key_is_refused_in_the_words_of_each_face(Engine engine)
    {
        var server = await servers.On(engine);
        var (key, model) = (Guid.NewGuid().ToString(), Given.Name("model"));
        (await Send(server, Create, ARun(), key)).Dispose();
        var other = ARun();
        other["start_time"] = 2;
        (await Read(await Send(server, Create, other, key))).ShouldBeRefused(400, "idempotency-key-reused", mend: "Send a new key");
        var version = await server.Given.ACandidate(model);
        string route = "/api/assay/v1/deployments";
        JsonObject Report(string status) => new() { ["environment"] = "production", ["model"] = model, ["slot"] = "primary", ["digest"] = version.Digest, ["status"] = status };
        (await Read(await Send(server, route, Report("deployed"), key))).Status.ShouldBe(HttpStatusCode.Created, "on another path it is another key");
        var refused = await Read(await Send(server, route, Report("removed"), key));
        refused.ShouldBeRefused(422, "idempotency-key-reused", mend: "Send a new key");
        ((int)refused.Json["status"]!).ShouldBe(422);
        ((string)refused.Json["field"]!).ShouldBe("Idempotency-Key");
        (await Read(await Send(server, route, Report("removed"), key, actor: "ann"))).Status.ShouldBe(HttpStatusCode.Created, "of another principal it is another key");
    }

    [Theory, BothEngines]
    public async Task A_refusal_is_not_kept(Engine engine)
    {
        var server = await servers.On(engine);
        var (key, model) = (Guid.NewGuid().ToString(), Given.Name("model"));
        JsonObject Tag() => new() { ["name"] = model, ["key"] = "k", ["value"] = "v" };
        const string Route = "/api/2.0/mlflow/registered-models/set-tag";
        (await Read(await Send(server, Route, Tag(), key))).Status.ShouldBe(HttpStatusCode.NotFound);
        await Given.Ok(server.Given.Post("registered-models/create", new() { ["name"] = model }));
        (await Read(await Send(server, Route, Tag(), key))).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Theory, BothEngines]
    public async Task A_file_is_taken_once_and_compared_by_its_bytes(Engine engine)
    {
        var server = await servers.On(engine);
        var run = await server.Given.ARun();
        var (key, path) = (Guid.NewGuid().ToString(), $"/api/2.0/mlflow-artifacts/artifacts/{run.Root}/big.bin");
        var bytes = new byte[3 << 20];
        Random.Shared.NextBytes(bytes);
        (await Read(await Put(server, path, bytes, key))).Status.ShouldBe(HttpStatusCode.OK);
        (await Read(await Put(server, path, "newer"u8.ToArray(), null))).Status.ShouldBe(HttpStatusCode.OK);
        using (var again = await Put(server, path, bytes, key))
            again.Headers.Contains("Idempotency-Replayed").ShouldBeTrue();
        (await server.Http.GetStringAsync(path)).ShouldBe("newer", "a late retry of the first upload does not bring it back");
        bytes[^1] ^= 1;
        (await Read(await Put(server, path, bytes, key))).ShouldBeRefused(400, "idempotency-key-reused");
    }

    [Theory, BothEngines]
    public async Task A_key_that_is_none_is_refused_before_anything_is_done(Engine engine)
    {
        var server = await servers.On(engine);
        foreach (var wrong in (string[])["", "\"\"", new('x', 256), "a\tb"])
            (await Read(await Send(server, Create, ARun(), wrong))).ShouldBeRefused(400, "bad-idempotency-key", mend: "UUID");
        using var reading = new HttpRequestMessage(HttpMethod.Get, "/api/assay/v1/models");
        reading.Headers.TryAddWithoutValidation("Idempotency-Key", "");
        (await server.Given.Send(reading)).Status.ShouldBe(HttpStatusCode.OK, "reading calls take no key");
    }

    [Theory, BothEngines]
    public async Task Keys_are_forgotten_after_a_day(Engine engine)
    {
        await using var server = await servers.Fresh(engine);
        var key = Guid.NewGuid().ToString();
        var first = await Read(await Send(server, Create, ARun(), key));
        var sweep = server.Services.GetRequiredService<KeySweep>();
        (await sweep.Sweep(default)).ShouldBe(0, "a fresh key is kept");
        var old = TimeProvider.System.GetUtcNow().AddHours(-25).ToUnixTimeMilliseconds();
        await server.Write($"UPDATE retries_unit SET at_ms = {old}");
        await server.Write($"UPDATE retries_answer SET at_ms = {old}");
        (await sweep.Sweep(default)).ShouldBe(2);
        (await Read(await Send(server, Create, ARun(), key))).Text.ShouldNotBe(first.Text);
    }

    static JsonObject ARun() => new() { ["experiment_id"] = "0", ["start_time"] = 1 };

    static async Task<Answer> Read(HttpResponseMessage response)
    {
        using (response)
            return new(response.StatusCode, await response.Content.ReadAsByteArrayAsync());
    }

    static Task<HttpResponseMessage> Send(TestServer server, string path, JsonObject body, string? key, string? actor = null) => Send(server, HttpMethod.Post, path, JsonContent.Create(body), key, actor);

    static Task<HttpResponseMessage> Put(TestServer server, string path, byte[] bytes, string? key) => Send(server, HttpMethod.Put, path, new ByteArrayContent(bytes), key, null);

    static async Task<HttpResponseMessage> Send(TestServer server, HttpMethod method, string path, HttpContent content, string? key, string? actor)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        if (key is not null)
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        if (actor is not null)
            request.Headers.Add("X-Assay-As", actor);
        return await server.Http.SendAsync(request);
    }
}
