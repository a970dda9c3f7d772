using System.Globalization;
using Assay.Contracts.Documents;
using YamlDotNet.RepresentationModel;

namespace Assay.Evaluation.Suites;

/// <summary>Reads <c>slices</c> of a suite.</summary>
internal static class SlicesWishReader
{
    const string Forms = "a slice is a column, {bins: COLUMN, edges: […]}, {cross: […]} or {name: NAME, where: \"CONDITION\"}";

    public static SlicesWish? Read(YamlMap root)
    {
        if (root.MapOrNull("slices")?.Only("by", "discover", "min_rows", "min_positives") is not { } slices)
            return null;
        var by = new List<SliceWish>();
        if (slices.Raw("by") is YamlSequenceNode list)
            by.AddRange(list.Select(item => One(slices, item)).OfType<SliceWish>());
        else if (slices.Has("by"))
            slices.Wrong("by", $"by wants a list; {Forms}");
        var discover = slices.MapOrNull("discover")?.Only("predicates", "top");
        if (by.Count == 0 && discover is null)
            slices.Wrong("by", "slices says neither by nor discover: nothing would be measured");
        return new(by, discover is null ? null : new((int)(discover.Whole("predicates", 1, 3) ?? 3), (int)(discover.Whole("top", 1, 100) ?? 10)),
            slices.Whole("min_rows", 1) ?? 100, slices.Whole("min_positives", 1) ?? 30);
    }

    static SliceWish? One(YamlMap slices, YamlNode item)
    {
        if (item is YamlScalarNode { Value: { Length: > 0 } column })
            return new ColumnSlices(column);
        if (item is YamlMappingNode map)
        {
            var keys = map.Children.ToDictionary(p => (p.Key as YamlScalarNode)?.Value ?? "", p => p.Value, StringComparer.Ordinal);
            string? Text(string key) => keys.TryGetValue(key, out var value) && value is YamlScalarNode { Value: { Length: > 0 } text } ? text : null;
            if (keys.Count == 2 && Text("bins") is { } binned && keys.TryGetValue("edges", out var edges))
                return Bins(slices, binned, edges);
            if (keys.Count == 1 && keys.TryGetValue("cross", out var parts) && parts is YamlSequenceNode several && several.Children.Count is >= 2 and <= 4)
                return Cross(slices, several);
            if (keys.Count == 2 && Text("name") is { } name && Text("where") is { } where)
                return new WhereSlice(name, where);
        }
        slices.Wrong("by", Forms);
        return null;
    }

    static CrossSlices? Cross(YamlMap slices, YamlSequenceNode parts)
    {
        var read = parts.Select(part => One(slices, part)).OfType<SliceWish>().ToList();
        if (read.Count == parts.Children.Count && read.All(p => p is ColumnSlices or BinSlices))
            return new(read);
        slices.Wrong("by", "cross wants two to four columns or bins");
        return null;
    }

    static BinSlices? Bins(YamlMap slices, string column, YamlNode edges)
    {
        var read = (edges as YamlSequenceNode)?.Select(e => double.TryParse((e as YamlScalarNode)?.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var edge) ? edge : double.NaN).ToList() ?? [];
        if (read.Count > 0 && read.All(double.IsFinite) && read.Zip(read.Skip(1)).All(p => p.First < p.Second))
            return new(column, read);
        slices.Wrong("by", $"the edges of {column} must be a list of finite numbers, each greater than the one before");
        return null;
    }
}
