using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Assay.Server.Storage;
using CsCheck;

namespace Assay.Tests.Wire.Mlflow;

/// <summary>
/// Replays the corpus: one file per story, written as that client sends it, with what must come back. <c>{name}</c> stands for what an earlier step
/// kept. Where no status is given it is 200.
/// </summary>
public sealed class CorpusReplay(Servers servers)
{
    static readonly string Folder = Path.Combine(Repository.Root, "tests", "Wire", "Mlflow", "Corpus");

    public static TheoryData<Engine, string> Stories()
    {
        var stories = new TheoryData<Engine, string>();
        foreach (var engine in Enum.GetValues<Engine>())
            foreach (var file in Directory.EnumerateFiles(Folder, "*.json").Select(f => Path.GetFileNameWithoutExtension(f)!).Order())
                stories.Add(engine, file);
        return stories;
    }

    [Theory, MemberData(nameof(Stories))]
    public async Task What_a_client_sends_is_answered_as_it_expects(Engine engine, string story)
    {
        var server = await servers.On(engine);
        var kept = new Dictionary<string, string> { ["unique"] = Guid.NewGuid().ToString("N")[..8] };
        var number = 0;
        foreach (var step in JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Folder, story + ".json"), TestContext.Current.CancellationToken))!["steps"]!.AsArray())
        {
            var (status, text) = await Send(server, step!, kept);
            var where = $"{story}, step {++number}: {Filled((string)step!["send"]!, kept)} → {status} {text}";
            status.ShouldBe((int?)step["status"] ?? 200, where);
            if (step["text"] is { } wanted)
                Shape.Differences(JsonValue.Create(Filled((string)wanted!, kept)), JsonValue.Create(text), "text").ShouldBeEmpty(where);
            else
                Shape.Differences(JsonNode.Parse(Filled(step["answer"]!.ToJsonString(), kept)), JsonNode.Parse(text), "answer").ShouldBeEmpty(where);
            foreach (var (name, path) in step["keep"]?.AsObject().ToList() ?? [])
                kept[name] = path!.ToString().Split('.').Aggregate(JsonNode.Parse(text), (node, part) => node![part])!.ToString();
        }
    }

    [Theory, MemberData(nameof(Stories))]
    public async Task The_same_with_one_thing_wrong_is_never_an_answer_that_clients_try_again(Engine engine, string story)
    {
        await using var server = await servers.Fresh(engine); // its own: what is wrong may name the default experiment
        var steps = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Folder, story + ".json"), TestContext.Current.CancellationToken))!["steps"]!.AsArray();
        for (var told = 0; told < 3; told++)
        {
            var kept = new Dictionary<string, string> { ["unique"] = Guid.NewGuid().ToString("N")[..8] };
            foreach (var step in steps)
            {
                if (step!["body"] is { } right)
                {
                    var wrong = AnyJson.Wronged(right).Single();
                    var (status, answer) = await Send(server, step, kept, wrong);
                    (status is < 500 and not 408 and not 429 or 501).ShouldBeTrue($"{Filled((string)step["send"]!, kept)} {Cut(Filled(wrong, kept))} → {status} {answer}");
                    JsonNode.Parse(answer).ShouldBeOfType<JsonObject>(answer);
                }
                var text = (await Send(server, step, kept)).Text;
                foreach (var (name, path) in step["keep"]?.AsObject().ToList() ?? [])
                    kept[name] = path!.ToString().Split('.').Aggregate(JsonNode.Parse(text), (node, part) => node?[part])?.ToString() ?? "0";
            }
        }
    }

    static async Task<(int Status, string Text)> Send(TestServer server, JsonNode step, Dictionary<string, string> kept, string? instead = null)
    {
        var send = Filled((string)step["send"]!, kept).Split(' ', 2);
        using var request = new HttpRequestMessage(new(send[0]), send[1]);
        if ((instead ?? step["body"]?.ToJsonString() ?? (string?)step["raw"]) is { } body)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(Filled(body, kept)));
            if (step["headers"] is null)
                request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }
        foreach (var (name, value) in step["headers"]?.AsObject().ToList() ?? [])
            (name == "Content-Type" ? request.Content!.Headers.TryAddWithoutValidation(name, (string)value!) : request.Headers.TryAddWithoutValidation(name, (string)value!)).ShouldBeTrue();
        using var answer = await server.Http.SendAsync(request, TestContext.Current.CancellationToken);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    static string Cut(string text) => text.Length <= 1000 ? text : text[..1000];

    static string Filled(string text, Dictionary<string, string> kept) => kept.Aggregate(text, (filled, pair) => filled.Replace($"{{{pair.Key}}}", pair.Value, StringComparison.Ordinal));
}

/// <summary>
/// Compares an answer with what is wanted of it. A wanted object names all members, but for one with <c>"...": true</c>; <c>&lt;number&gt;</c> and the
/// like stand for any value of a kind, a text that begins with <c>~</c> is a pattern.
/// </summary>
static class Shape
{
    public static IEnumerable<string> Differences(JsonNode? wanted, JsonNode? found, string at) => wanted switch
    {
        JsonObject members => Members(members, found as JsonObject, at),
        JsonArray items when found is JsonArray list && list.Count == items.Count => items.SelectMany((item, i) => Differences(item, list[i], $"{at}[{i}]")),
        JsonArray items => [$"{at}: wanted {items.Count} items, found {found?.ToJsonString() ?? "nothing"}"],
        JsonValue value when value.GetValueKind() is System.Text.Json.JsonValueKind.String => Fits((string)value!, found) ? [] : [$"{at}: wanted {value}, found {found?.ToJsonString() ?? "nothing"}"],
        _ => JsonNode.DeepEquals(wanted, found) ? [] : [$"{at}: wanted {wanted?.ToJsonString()}, found {found?.ToJsonString() ?? "nothing"}"],
    };

    static IEnumerable<string> Members(JsonObject wanted, JsonObject? found, string at)
    {
        if (found is null)
            return [$"{at}: wanted an object"];
        var missing = wanted.Where(m => m.Key != "...").SelectMany(m => found.ContainsKey(m.Key) ? Differences(m.Value, found[m.Key], $"{at}.{m.Key}") : [$"{at}.{m.Key}: missing"]);
        return missing.Concat(wanted.ContainsKey("...") ? [] : found.Where(m => !wanted.ContainsKey(m.Key)).Select(m => $"{at}.{m.Key}: not wanted"));
    }

    static bool Fits(string wanted, JsonNode? found)
    {
        var kind = found?.GetValueKind() ?? System.Text.Json.JsonValueKind.Null;
        var text = kind is System.Text.Json.JsonValueKind.String ? (string)found! : null;
        return wanted switch
        {
            "<number>" => kind is System.Text.Json.JsonValueKind.Number,
            "<text>" => text is not null,
            "<list>" => kind is System.Text.Json.JsonValueKind.Array,
            "<object>" => kind is System.Text.Json.JsonValueKind.Object,
            "<digits>" => text is not null && text.All(char.IsAsciiDigit),
            "<run>" => text is not null && Regex.IsMatch(text, "^[0-9a-f]{32}$"),
            "<model>" => text is not null && Regex.IsMatch(text, "^m-[0-9a-f]{32}$"),
            _ when wanted.StartsWith('~') => text is not null && Regex.IsMatch(text, wanted[1..]),
            _ => text == wanted,
        };
    }
}
