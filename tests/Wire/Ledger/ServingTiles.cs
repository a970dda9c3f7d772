using System.Buffers.Binary;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Assay.Contracts.Evidence;
using Assay.Server.Identity;
using Assay.Server.Ledger;
using Assay.Server.Storage;
using Assay.Tests.Builders;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Tests.Wire.Ledger;

/// <summary>A reader of tiled logs written from the specifications alone (c2sp.org/tlog-tiles, tlog-checkpoint, signed-note), against a server.</summary>
public sealed class ServingTiles(Servers servers)
{
    const string Prefix = "/api/assay/v1/ledger/";

    [Theory, BothEngines]
    public async Task A_reader_written_from_the_specification_gets_the_signed_root_out_of_tiles_and_of_entries(Engine engine)
    {
        var ledger = await FilledLedger.Of(servers, engine, 2 * 256 + 45);
        var http = ledger.Server.Http;
        var (origin, size, root) = await Checkpoint(http);
        origin.ShouldStartWith("assay/");
        size.ShouldBe(557);

        List<byte[]> leaves = [.. Hashes(await Get(http, "tile/0/000", 8192)), .. Hashes(await Get(http, "tile/0/001", 8192)), .. Hashes(await Get(http, "tile/0/002.p/45", 45 * 32))];
        Mth(leaves).ShouldBe(root);
        var upper = Hashes(await Get(http, "tile/1/000.p/2", 64));
        upper.Select(Convert.ToHexString).ShouldBe(new[] { Mth(leaves[..256]), Mth(leaves[256..512]) }.Select(Convert.ToHexString));

        List<byte[]> entries = [.. Entries(await Get(http, "tile/entries/000")), .. Entries(await Get(http, "tile/entries/001")), .. Entries(await Get(http, "tile/entries/002.p/45"))];
        entries.Select(e => Convert.ToHexString(SHA256.HashData([0, .. e]))).ShouldBe(leaves.Select(Convert.ToHexString));

        // The tree of an earlier head is served too, and what does not stand under a head is not.
        (await Get(http, "tile/0/002.p/7", 7 * 32)).ShouldBe((await Get(http, "tile/0/002.p/45"))[..(7 * 32)]);
        foreach (var none in new[] { "tile/0/002", "tile/0/002.p/46", "tile/0/003.p/1", "tile/1/000.p/3", "tile/2/000.p/1", "tile/0/000.p/0", "tile/0/0", "tile/entries/002", "tile/entries/003.p/1", "tile/-1/000", "tile/x/000", "tile/0", "tile/9/x999/999" })
            (await http.GetAsync(Prefix + none)).StatusCode.ShouldBe(HttpStatusCode.NotFound, none);
    }

    [Theory, BothEngines]
    public async Task A_full_tile_is_immutable_and_a_partial_one_is_not(Engine engine)
    {
        var ledger = await FilledLedger.Of(servers, engine, 260);
        foreach (var (path, immutable) in new[] { ("tile/0/000", true), ("tile/entries/000", true), ("tile/0/001.p/4", false), ("tile/entries/001.p/4", false), ("tile/1/000.p/1", false) })
        {
            using var answer = await ledger.Server.Http.GetAsync(Prefix + path);
            answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/octet-stream");
            answer.Headers.CacheControl!.ToString().Contains("immutable", StringComparison.Ordinal).ShouldBe(immutable, path);
        }
        await ledger.Add(252);
        (await Get(ledger.Server.Http, "tile/0/001", 8192)).Length.ShouldBe(8192, "the partial one became full");
        (await Get(ledger.Server.Http, "tile/0/001.p/4", 128)).Length.ShouldBe(128, "and is still there");
    }

    [Theory, BothEngines]
    public async Task What_no_bundle_could_hold_stands_beside_the_entry(Engine engine)
    {
        var ledger = await FilledLedger.Of(servers, engine, 1);
        var writer = ledger.Server.Services.GetRequiredService<LedgerWriter>();
        var large = new string('ü', 70_000);
        await ledger.Store.Do(tx => writer.Record(tx, Principal.Local, LedgerActions.RunChanged, new("m"), new JsonObject { ["large"] = large }), default);
        await ledger.Add(1);
        Entries(await Get(ledger.Server.Http, "tile/entries/000.p/3")).Count.ShouldBe(3);
        var line = (await Given.Ok(ledger.Server.Given.Api(HttpMethod.Get, "ledger/entries?from=1&limit=1"))).Json["entries"]![0]!;
        JsonNode.Parse((string)line["texts"]![(string)line["entry"]!["detail"]!["detail"]!["text_sha256"]!]!)!["large"]!.GetValue<string>().ShouldBe(large);
        (await ledger.IsWhole()).ShouldBeTrue();
    }

    [Theory, BothEngines]
    public async Task The_tree_of_an_older_server_gets_its_tiles_at_start(Engine engine)
    {
        var ledger = await FilledLedger.Of(servers, engine, 300);
        await ledger.Server.Write("DELETE FROM ledger_tile");
        var again = new FilledLedger(await ledger.Server.Restart());
        (await again.IsWhole()).ShouldBeTrue((await again.Report()).ToJsonString());
        await again.Add(3);
        (await again.IsWhole()).ShouldBeTrue();
        await again.Server.DisposeAsync();
    }

    static async Task<(string Origin, long Size, byte[] Root)> Checkpoint(HttpClient http)
    {
        var note = await http.GetStringAsync(Prefix + "checkpoint");
        var key = new VerificationKey(Convert.FromBase64String((string)JsonNode.Parse(await http.GetStringAsync("/api/assay/v1/keys"))!["keys"]![0]!["public_key"]!));
        var end = note.LastIndexOf("\n\n", StringComparison.Ordinal) + 1;
        var (text, line) = (note[..end], note[(end + 1)..]);
        line.ShouldEndWith("\n");
        var lines = text.Split('\n');
        var signature = line.TrimEnd('\n').Split(' ');
        signature[0].ShouldBe("\u2014");
        signature[1].ShouldBe(lines[0]);
        var bytes = Convert.FromBase64String(signature[2]);
        bytes[..4].ShouldBe(SHA256.HashData([.. Encoding.UTF8.GetBytes(lines[0]), (byte)'\n', 1, .. key.Raw])[..4]);
        key.Verifies(Encoding.UTF8.GetBytes(text), bytes.AsSpan(4)).ShouldBeTrue();
        return (lines[0], long.Parse(lines[1]), Convert.FromBase64String(lines[2]));
    }

    static async Task<byte[]> Get(HttpClient http, string path, int? length = null)
    {
        var bytes = await http.GetByteArrayAsync(Prefix + path);
        if (length is { } wanted)
            bytes.Length.ShouldBe(wanted, path);
        return bytes;
    }

    static List<byte[]> Hashes(byte[] tile) => [.. tile.Chunk(32)];

    static List<byte[]> Entries(ReadOnlySpan<byte> bundle)
    {
        List<byte[]> entries = [];
        while (bundle.Length > 0)
        {
            var length = BinaryPrimitives.ReadUInt16BigEndian(bundle);
            entries.Add(bundle.Slice(2, length).ToArray());
            bundle = bundle[(2 + length)..];
        }
        return entries;
    }

    static byte[] Mth(List<byte[]> leaves)
    {
        if (leaves.Count == 1)
            return leaves[0];
        var k = 1;
        while (k * 2 < leaves.Count)
            k *= 2;
        return SHA256.HashData([1, .. Mth(leaves[..k]), .. Mth(leaves[k..])]);
    }
}
