using System.Net;
using System.Text.Json.Nodes;
using Assay.Server.Storage;
using Assay.Tests.Wire.Ledger;

namespace Assay.Tests.EndToEnd.Cli;

/// <summary>The ledger away from its registry: exported, kept, watched; and what is found when history was rewritten there.</summary>
public sealed class KeepingTheLedger(Servers servers) : IDisposable
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
    public async Task An_exported_ledger_verifies_without_a_server_and_any_change_of_it_is_found(Engine engine)
    {
        await Served(engine, 700);
        var file = Path.Combine(assay.Home, "ledger.jsonl");
        var exported = (await Ends(0, "ledger", "export", "-o", file, "--json")).Json;
        ((long)exported["size"]!).ShouldBe(700);
        await Ends(0, "ledger", "checkpoint", "-o", "kept");
        assay.Variables["ASSAY_URL"] = "http://127.0.0.1:1";
        var verified = (await Ends(0, "ledger", "verify", "--offline", file, "--since", "kept", "--json")).Json;
        ((string?)verified["root"]).ShouldBe((string?)exported["root"]);

        var whole = await File.ReadAllBytesAsync(file);
        foreach (var (name, change) in Changes)
        {
            await File.WriteAllBytesAsync(file, change(whole));
            var answer = await assay.Run("ledger", "verify", "--offline", file);
            answer.Code.ShouldBe(1, $"{name}\n{answer.Output}{answer.Errors}");
        }
    }

    [Theory, BothEngines]
    public async Task A_file_may_begin_later_and_a_stranger_must_be_told_whom_to_trust(Engine engine)
    {
        var ledger = await Served(engine, 300);
        await Ends(0, "ledger", "checkpoint", "-o", "early");
        await ledger.Add(333);
        await Ends(0, "ledger", "checkpoint", "-o", "late");
        var file = Path.Combine(assay.Home, "tail.jsonl");
        await Ends(0, "ledger", "export", "-o", file, "--from", "300");
        File.ReadAllLines(file).Length.ShouldBe(1 + 333);
        (await Ends(0, "ledger", "verify", "--offline", file, "--since", "early")).Output.ShouldContain("as hashes only");
        await Ends(0, "ledger", "verify", "--offline", file, "--since", "late");
        await Ends(0, "ledger", "export", "-o", file, "--from", "301");
        (await Ends(1, "ledger", "verify", "--offline", file, "--since", "early")).Output.ShouldContain("cannot be compared");
        await Ends(2, "ledger", "export", "-o", "none", "--from", "633");
        File.Exists(Path.Combine(assay.Home, "none")).ShouldBeFalse();

        var keys = JsonNode.Parse(await ledger.Server.Http.GetStringAsync("/api/assay/v1/keys"))!;
        keys["origin"] = (await File.ReadAllLinesAsync(Path.Combine(assay.Home, "late")))[0];
        await File.WriteAllTextAsync(Path.Combine(assay.Home, "trust.json"), keys.ToJsonString());
        assay.Variables["XDG_CONFIG_HOME"] = Path.Combine(assay.Home, "a stranger's");
        (await Ends(2, "ledger", "verify", "--offline", file)).Errors.ShouldContain("--trust");
        await Ends(0, "ledger", "verify", "--offline", file, "--trust", "trust.json");
        keys["origin"] = "assay/another";
        await File.WriteAllTextAsync(Path.Combine(assay.Home, "trust.json"), keys.ToJsonString());
        await Ends(1, "ledger", "verify", "--offline", file, "--trust", "trust.json");
    }

    [Theory, BothEngines]
    public async Task Removing_the_newest_hour_is_found_by_any_checkpoint_kept_elsewhere(Engine engine)
    {
        var ledger = await Served(engine, 280);
        await Ends(0, "ledger", "checkpoint", "-o", "before");
        await ledger.Remember();
        await ledger.Add(20);
        await Ends(0, "ledger", "checkpoint", "-o", "within");
        await ledger.Add(7);
        await Ends(0, "ledger", "witness", "--keep", "witness", "--once");
        await Ends(0, "ledger", "verify", "--since", "within");

        // Entries, tiles, heads and the folder of checkpoints are as they were an hour ago: nothing inside can show it.
        await ledger.Rewind();
        await Ends(0, "ledger", "verify");
        await Ends(0, "ledger", "verify", "--since", "before");
        (await Ends(1, "ledger", "verify", "--since", "within")).Output.ShouldContain("removed");
        (await Ends(1, "ledger", "checkpoint", "-o", "within")).Output.ShouldContain("CONTRADICTION");
        (await Ends(1, "ledger", "witness", "--keep", "witness", "--once")).Output.ShouldContain("CONTRADICTION");

        // And history goes on, past what was removed.
        await ledger.Add(60);
        await Ends(0, "ledger", "verify", "--since", "before");
        (await Ends(1, "ledger", "verify", "--since", "within")).Output.ShouldContain("rewritten");
        (await Ends(1, "ledger", "checkpoint", "-o", "within")).Output.ShouldContain("rewritten");
        var accused = (await Ends(1, "ledger", "witness", "--keep", "witness", "--json")).Json;
        File.Exists(Path.Combine(assay.Home, (string)accused["proof"]!)).ShouldBeTrue("both heads are kept as proof");
        (await File.ReadAllLinesAsync(Path.Combine(assay.Home, "within")))[1].ShouldBe("300", "what was kept stays");
    }

    [Theory, BothEngines]
    public async Task A_witness_remembers_cosigns_and_goes_on(Engine engine)
    {
        var ledger = await Served(engine, 5);
        var first = (await Ends(0, "ledger", "witness", "--keep", "witness", "--name", "w.example/assay", "--json")).Json;
        ((string?)first["witness"]).ShouldNotBeNull().ShouldStartWith("w.example/assay+");
        await ledger.Add(5);
        var second = (await Ends(0, "ledger", "witness", "--keep", "witness", "--name", "w.example/assay", "--json")).Json;
        ((long)second["kept_size"]!).ShouldBe(5);
        ((long)second["size"]!).ShouldBe(10);
        var latest = Path.Combine(assay.Home, "witness", "latest");
        (await File.ReadAllTextAsync(latest)).ShouldContain("\n\u2014 w.example/assay ");
        File.ReadAllLines(Path.Combine(assay.Home, "witness", "history.jsonl")).Length.ShouldBe(2);
        File.GetUnixFileMode(Path.Combine(assay.Home, "witness", "key")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await Ends(0, "ledger", "verify", "--since", latest);
        await Ends(2, "ledger", "witness", "--keep", "witness", "--name", "a+b");
        await Ends(2, "ledger", "witness", "--keep", "witness", "--once", "--every", "1m");
        await Ends(2, "ledger", "witness", "--keep", "witness", "--every", "soon");
    }

    [Theory, BothEngines]
    public async Task Entries_are_shown_and_their_texts_erased(Engine engine)
    {
        await Served(engine, 21);
        (await Ends(0, "ledger", "show", "--newest", "3", "--json")).Json["entries"]!.AsArray().Count.ShouldBe(3);
        (await Ends(0, "ledger", "show", "--model", "nobody", "--json")).Json["entries"]!.AsArray().Count.ShouldBe(0);
        var line = (await Ends(0, "ledger", "show", "20", "--json")).Json;
        var id = (string)line["entry"]!["id"]!;
        (await Ends(0, "ledger", "show", id)).Output.ShouldContain("words 20");
        await Ends(0, "ledger", "erase", id, "--reason", "asked for");
        (await Ends(0, "ledger", "show", id)).Output.ShouldContain("(erased)");
        await Ends(2, "ledger", "erase", id, "--reason", "asked for");
        var hash = (string)(await Ends(0, "ledger", "show", "10", "--json")).Json["entry"]!["detail"]!["comment"]!["text_sha256"]!;
        await Ends(0, "ledger", "erase", hash, "--reason", "asked for");
        await Ends(0, "ledger", "verify");
    }

    async Task<FilledLedger> Served(Engine engine, int entries)
    {
        var ledger = await FilledLedger.Of(servers, engine, entries);
        assay.Variables["ASSAY_URL"] = ledger.Server.Url;
        return ledger;
    }

    static readonly (string Name, Func<byte[], byte[]> Do)[] Changes =
    [
        .. new[] { 0, 1_000, 54_321, 99_999, 123_457, 200_003 }.Select(at => ($"bit {at}", (Func<byte[], byte[]>)(file => Flipped(file, FirstEntry(file) + (at % (file.Length - FirstEntry(file))), at % 8)))),
        ("an entry dropped", file => Lines(file, lines => lines.RemoveAt(333))),
        ("the last entry dropped", file => Lines(file, lines => lines.RemoveAt(lines.Count - 1))),
        ("two entries swapped", file => Lines(file, lines => (lines[5], lines[6]) = (lines[6], lines[5]))),
        ("an entry twice", file => Lines(file, lines => lines.Insert(9, lines[9]))),
        ("an entry added at the end", file => Lines(file, lines => lines.Add(lines[9]))),
        ("cut in a line", file => file[..^7]),
        ("another size in the head", file => Lines(file, lines => lines[0] = lines[0].Replace("\\n700\\n", "\\n699\\n", StringComparison.Ordinal))),
        ("nothing at all", _ => []),
    ];

    static int FirstEntry(byte[] file) => file.AsSpan().IndexOf((byte)'\n') + 1;

    static byte[] Flipped(byte[] file, int at, int bit)
    {
        var changed = file.ToArray();
        changed[at] ^= (byte)(1 << bit);
        return changed;
    }

    static byte[] Lines(byte[] file, Action<List<string>> change)
    {
        var lines = System.Text.Encoding.UTF8.GetString(file).TrimEnd('\n').Split('\n').ToList();
        change(lines);
        return System.Text.Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n");
    }
}
