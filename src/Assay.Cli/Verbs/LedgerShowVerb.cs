using System.CommandLine;
using System.Text.Json.Nodes;
using Assay.Cli.Surface;
using Assay.Client.Api;

namespace Assay.Cli.Verbs;

/// <summary>Prints entries of the ledger with the texts that stand beside them.</summary>
internal static class LedgerShowVerb
{
    public static Verb Build()
    {
        var id = new Argument<string?>("entry") { Description = "One entry by its id or number; else the newest.", HelpName = "ENTRY", Arity = ArgumentArity.ZeroOrOne };
        var from = new Option<long?>("--from") { Description = "From this number on, instead of the newest.", HelpName = "N" };
        var model = new Option<string?>("--model") { Description = "Only what is about this model.", HelpName = "M" };
        var newest = new Option<int>("--newest", "--limit", "-n") { Description = "How many, 1 to 1000.", DefaultValueFactory = _ => 20, HelpName = "N" };
        return new Verb("show", "Prints entries of the ledger.", "assay ledger show --newest 50", "assay ledger show --model fraud", "assay ledger show 01JE… --json") { id, from, model, newest }.Runs(async (call, ct) =>
        {
            var answer = call.Get(id) is { } one ? await One(call, one, ct)
                : call.Get(from) is { } first ? await call.Api.Get("ledger/entries".With(("from", $"{first}"), ("limit", $"{call.Get(newest)}")), ct)
                : OldestFirst(await call.Api.Get("ledger/newest".With(("model", call.Get(model)), ("limit", $"{call.Get(newest)}")), ct));
            call.Out.Document(answer);
            IReadOnlyList<JsonObject> lines = answer.Map("entry") is not null ? [(JsonObject)answer] : answer.Maps("entries");
            call.Out.Line(Words.Columns(lines.Select(Row)));
            if (call.Get(id) is not null)
                call.Out.Line(answer.Map("entry")?.ToJsonString(new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }) ?? "");
            foreach (var (hash, text) in lines.SelectMany(line => line.Map("texts") ?? []))
                call.Out.Line($"text {hash[..12]}  {text?.ToString() ?? "(erased)"}");
            return ExitCode.Done;
        });
    }

    static async Task<JsonNode> One(Call call, string entry, CancellationToken ct)
    {
        if (!long.TryParse(entry, out var number))
            return await call.Api.Get(ApiPath.Of("ledger", "entries", entry), ct);
        var page = await call.Api.Get("ledger/entries".With(("from", $"{number}"), ("limit", "1")), ct);
        return page.Maps("entries").FirstOrDefault(line => line.Whole("seq") == number) ?? throw new WrongUseException($"The ledger has no entry {number}.", "assay ledger show prints the newest.", "entry");
    }

    /// <summary>The newest stand at the end, beside the prompt.</summary>
    static JsonNode OldestFirst(JsonNode answer)
    {
        if (answer is JsonObject map && map["entries"] is JsonArray entries)
            map["entries"] = new JsonArray([.. entries.Reverse().Select(e => e?.DeepClone())]);
        return answer;
    }

    static IReadOnlyList<string> Row(JsonObject line)
    {
        var entry = line.Map("entry");
        var actor = entry.Map("actor");
        var subject = entry.Map("subject");
        return [line.Whole("seq")?.ToString() ?? "–", entry.Text("time") ?? "", entry.Text("action") ?? "", entry.Text("outcome") == "refused" ? "REFUSED" : "",
            $"{(actor.Text("kind") == actor.Text("id") ? "" : $"{actor.Text("kind")}:")}{actor.Text("id")}{(actor.Truth("verified") ? "" : " (unverified)")}", subject.Text("model") ?? subject.Text("run_id") ?? "", subject.Text("digest") is { } digest ? Words.Short(digest) : "", subject.Text("environment") ?? ""];
    }
}
