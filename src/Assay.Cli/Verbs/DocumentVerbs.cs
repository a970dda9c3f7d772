using System.CommandLine;
using System.Text.Json.Nodes;
using Assay.Cli.Surface;
using Assay.Client.Api;
using Assay.Contracts;
using Assay.Contracts.Documents;

namespace Assay.Cli.Verbs;

/// <summary>Governed YAML documents: applied, shown and checked in the same way, whatever they govern.</summary>
/// <param name="Name">The verb.</param>
/// <param name="Kind">The document's <c>kind</c>.</param>
/// <param name="Path">Its place in the API.</param>
/// <param name="Description">What it governs.</param>
/// <param name="Example">A file's name.</param>
/// <param name="Check">Reads a text without any registry; null when it is well formed.</param>
internal sealed record DocumentVerbs(string Name, string Kind, string Path, string Description, string Example, Func<string, string, Refusal?> Check)
{
    /// <summary>The verb with its three acts.</summary>
    public Verb Build() => new Verb(Name, Description) { Apply(), Show(), CheckOnly() };

    Verb Apply()
    {
        var files = Files();
        return new Verb("apply", $"Applies {Kind} documents; recorded in the ledger. The same document again changes nothing.", $"assay {Name} apply {Example}") { files }.Runs(async (call, ct) =>
        {
            var texts = await Read(call.Require(files), ct);
            JsonArray answers = [];
            foreach (var (file, text) in texts)
            {
                var answer = await call.Api.PutYaml(ApiPath.Of(Path, NameOf(text, file)), text, ct);
                answers.Add(answer.DeepClone());
                var unchanged = answer["changed"] is JsonValue changed && changed.TryGetValue<bool>(out var did) && !did;
                call.Out.Line($"{Name} {answer.Text("name")} {(unchanged ? "was already applied" : "applied")} ({Words.Short(answer.Text("digest"))})");
                if (answer.Text("first_admin_token") is { } first)
                    call.Out.Problem($"Nobody is administrator yet. A one-time token stands in {first} (one hour): sudo assay login --first-admin FILE --name NAME there, where NAME is the id by which the sign-in provider will know you.");
            }
            call.Out.Document(answers.Count == 1 ? answers[0]!.DeepClone() : answers);
            return ExitCode.Done;
        });
    }

    Verb Show()
    {
        var name = new Argument<string?>("name") { Description = "One of them; else all are listed.", HelpName = "NAME", Arity = ArgumentArity.ZeroOrOne };
        return new Verb("show", $"Lists the {Kind} documents, or prints one.", $"assay {Name} show", $"assay {Name} show NAME --json") { name }.Runs(async (call, ct) =>
        {
            var answer = await call.Api.Get(call.Get(name) is { } one ? ApiPath.Of(Path, one) : Path, ct);
            call.Out.Document(answer);
            if (call.Get(name) is not null)
                call.Out.Line(answer.Text("yaml") ?? answer.Text("body") ?? answer["effective"]?.ToJsonString(new() { WriteIndented = true }) ?? answer.ToJsonString(new() { WriteIndented = true }));
            else
                call.Out.Line(Words.Columns(Listed(answer).Select(d => (IReadOnlyList<string>)[d.Text("name") ?? "", Words.Short(d.Text("digest")), d.Text("applied_at") ?? "", d.Text("applied_by") ?? ""])));
            return ExitCode.Done;
        });
    }

    Verb CheckOnly()
    {
        var files = Files();
        return new Verb("check", $"Reads {Kind} documents without applying them: every mistake with line, column and the nearest known key. Needs no server.", $"assay {Name} check {Example}") { files }.Runs(async (call, ct) =>
        {
            var wrong = (await Read(call.Require(files), ct)).Select(f => Check(f.Text, f.File)).OfType<Refusal>().ToList();
            foreach (var refusal in wrong)
                call.Out.Problem(refusal.Message);
            call.Out.Document(new JsonObject { ["ok"] = wrong.Count == 0, ["findings"] = new JsonArray([.. wrong.Select(w => JsonValue.Create(w.Message))]) });
            if (wrong.Count == 0)
                call.Out.Line("Well formed.");
            return wrong.Count == 0 ? ExitCode.Done : ExitCode.Error;
        });
    }

    static IReadOnlyList<JsonObject> Listed(JsonNode answer) =>
        answer is JsonArray list ? [.. list.OfType<JsonObject>()] : [.. ((JsonObject)answer).Select(p => p.Value).OfType<JsonArray>().SelectMany(a => a.OfType<JsonObject>())];

    string NameOf(string text, string file)
    {
        var parsed = YamlDocument.Parse(text, file, Kind);
        var name = parsed.Ok ? parsed.Value.Root.Map("metadata").Text("name") : "";
        return (parsed.Ok ? parsed.Value.Refusal : parsed.Refusal) is { } wrong ? throw new WrongUseException(wrong.Message, wrong.Mend, "file") : name;
    }

    static async Task<List<(string File, string Text)>> Read(string[] files, CancellationToken ct)
    {
        List<(string, string)> texts = [];
        foreach (var file in files)
            texts.Add((file, await Arguments.ReadFile(file, "document", ct)));
        return texts;
    }

    static Argument<string[]> Files() => new("file") { Description = "YAML files.", HelpName = "FILE", Arity = ArgumentArity.OneOrMore };
}
