using System.Globalization;

namespace Assay.Contracts.Ledger;

/// <summary>
/// The place of a tile (c2sp.org/tlog-tiles): 256 neighbouring hashes of one level, where a hash of level L is the root of 256^L leaves. At
/// the right edge of a tree tiles are partial. Level null is a bundle of entries.
/// </summary>
/// <param name="Level">0 to 63; null for a bundle of entries.</param>
/// <param name="Index">Which of its level, from 0.</param>
/// <param name="Width">How many hashes or entries, 1 to 256.</param>
public sealed record Tile(int? Level, long Index, int Width)
{
    /// <summary>Hashes in a full tile.</summary>
    public const int Full = 256;

    const int MostLevel = 63;

    /// <summary>The tiles of a tree of that size at a level that holds the hash at a position: how wide it is; 0 when there is none.</summary>
    public static int WidthAt(int level, long index, long size)
    {
        var hashes = level >= 8 ? 0 : size >> (8 * level);
        return (int)Math.Clamp(hashes - (index * Full), 0, Full);
    }

    /// <summary>The path below the log's prefix, such as <c>tile/0/x001/234.p/56</c>.</summary>
    public string Path
    {
        get
        {
            var number = (Index % 1000).ToString("000", CultureInfo.InvariantCulture);
            for (var rest = Index / 1000; rest > 0; rest /= 1000)
                number = $"x{(rest % 1000).ToString("000", CultureInfo.InvariantCulture)}/{number}";
            return $"tile/{Level?.ToString(CultureInfo.InvariantCulture) ?? "entries"}/{number}{(Width == Full ? "" : $".p/{Width}")}";
        }
    }

    /// <summary>Reads the part of a path behind <c>tile/</c>; null when it is not written exactly so.</summary>
    public static Tile? Parse(string path)
    {
        var slash = path.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0)
            return null;
        var (first, rest) = (path[..slash], path[(slash + 1)..]);
        int? level = null;
        if (first != "entries")
        {
            if (!int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number > MostLevel)
                return null;
            level = number;
        }
        var width = Full;
        if (rest.IndexOf(".p/", StringComparison.Ordinal) is >= 0 and var dot)
        {
            if (!int.TryParse(rest[(dot + 3)..], NumberStyles.None, CultureInfo.InvariantCulture, out width) || width is < 1 or >= Full)
                return null;
            rest = rest[..dot];
        }
        if (rest.Length > 23 || !long.TryParse(rest.Replace("x", "", StringComparison.Ordinal).Replace("/", "", StringComparison.Ordinal), NumberStyles.None, CultureInfo.InvariantCulture, out var index))
            return null;
        var tile = new Tile(level, index, width);
        // Leading zeroes and other spellings would be further addresses of the same bytes.
        return tile.Path == $"tile/{path}" ? tile : null;
    }
}
