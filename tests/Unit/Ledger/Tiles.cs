using System.Security.Cryptography;
using System.Text;
using Assay.Contracts.Ledger;
using Assay.Server.Ledger;
using CsCheck;

namespace Assay.Tests.Unit.Ledger;

public sealed class Tiles
{
    [Theory]
    [InlineData(0, 0L, 256, "tile/0/000")]
    [InlineData(0, 1234067L, 256, "tile/0/x001/x234/067")]
    [InlineData(1, 273L, 112, "tile/1/273.p/112")]
    [InlineData(63, 1000L, 1, "tile/63/x001/000.p/1")]
    [InlineData(null, 1234067L, 256, "tile/entries/x001/x234/067")]
    [InlineData(null, 5L, 255, "tile/entries/005.p/255")]
    public void A_tile_has_one_path(int? level, long index, int width, string path)
    {
        var tile = new Tile(level, index, width);
        tile.Path.ShouldBe(path);
        Tile.Parse(path["tile/".Length..]).ShouldBe(tile);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("0/1")]
    [InlineData("0/0001")]
    [InlineData("0/x000/001")]
    [InlineData("0/001/234")]
    [InlineData("0/x001/x234")]
    [InlineData("00/001")]
    [InlineData("64/001")]
    [InlineData("-1/001")]
    [InlineData("0/001.p/0")]
    [InlineData("0/001.p/256")]
    [InlineData("0/001.p/01")]
    [InlineData("0/001.p/")]
    [InlineData("0/+01")]
    [InlineData("0/x999/x999/x999/x999/x999/x999/x999/999")]
    [InlineData("../001")]
    [InlineData("entries")]
    public void Another_spelling_is_no_path(string path) => Tile.Parse(path).ShouldBeNull();

    [Fact]
    public void The_widths_are_those_of_the_specifications_example()
    {
        const long Size = 70_000;
        Tile.WidthAt(0, 272, Size).ShouldBe(256);
        Tile.WidthAt(0, 273, Size).ShouldBe(112);
        Tile.WidthAt(0, 274, Size).ShouldBe(0);
        Tile.WidthAt(1, 0, Size).ShouldBe(256);
        Tile.WidthAt(1, 1, Size).ShouldBe(17);
        Tile.WidthAt(2, 0, Size).ShouldBe(1);
        Tile.WidthAt(3, 0, Size).ShouldBe(0);
        Tile.WidthAt(1, 0, 256).ShouldBe(1);
    }

    [Fact]
    public void A_bundle_gives_back_its_entries_and_nothing_when_it_is_cut() => Gen.Byte.Array[0, 300].Array[0, 20].Sample(entries =>
    {
        var bundle = new System.Buffers.ArrayBufferWriter<byte>();
        foreach (var entry in entries)
            EntryBundle.Write(bundle, entry);
        EntryBundle.Read(bundle.WrittenSpan)!.Select(Convert.ToHexString).ShouldBe(entries.Select(Convert.ToHexString));
        if (entries.Length > 0)
            EntryBundle.Read(bundle.WrittenSpan[..^1]).ShouldBeNull();
    }, iter: 50);

    [Fact]
    public void Tiles_hold_the_hashes_that_the_definition_says_and_growing_can_stop_and_go_on_anywhere() =>
        Gen.Select(Gen.Int[0, 1500], Gen.Int[0, 1500]).Sample((first, more) =>
        {
            var leaves = Enumerable.Range(0, first + more).Select(i => MerkleTree.Leaf(Encoding.UTF8.GetBytes($"entry {i}"))).ToList();
            var before = new GrowingTiles();
            leaves[..first].ForEach(before.Add);
            var stored = before.TakeFull().Concat(before.Partial(onlyChanged: false)).ToDictionary(t => (t.Level, t.Index), t => t.Hashes);
            var tiles = GrowingTiles.Of(first, (level, index) => Task.FromResult(stored[(level, index)])).Result;
            tiles.Root().ShouldBe(MthOf(leaves[..first]));
            leaves[first..].ForEach(tiles.Add);
            foreach (var tile in tiles.TakeFull().Concat(tiles.Partial(onlyChanged: true)))
                stored[(tile.Level, tile.Index)] = tile.Hashes;
            tiles.Root().ShouldBe(MthOf(leaves));
            for (var level = 0; leaves.Count >> (8 * level) > 0; level++)
                for (var index = 0; Tile.WidthAt(level, index, leaves.Count) is > 0 and var width; index++)
                    stored[(level, index)].Chunk(32).Select(Convert.ToHexString).ShouldBe(Enumerable.Range(0, width).Select(i =>
                    {
                        var span = 1 << (8 * level);
                        return Convert.ToHexString(MthOf(leaves.GetRange(((index * 256) + i) * span, span)));
                    }));
            tiles.Counts().Sum(c => c.Count).ShouldBe(stored.Count);
        }, iter: 12);

    /// <summary>MTH of RFC 6962 §2.1, as it stands there.</summary>
    static byte[] MthOf(List<byte[]> leaves)
    {
        if (leaves.Count == 0)
            return SHA256.HashData([]);
        if (leaves.Count == 1)
            return leaves[0];
        var k = 1;
        while (k * 2 < leaves.Count)
            k *= 2;
        return SHA256.HashData([1, .. MthOf(leaves[..k]), .. MthOf(leaves[k..])]);
    }
}
