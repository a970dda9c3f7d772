using Assay.Contracts;

namespace Assay.Server.Artifacts.Uploads;

/// <summary>Do the parts that came agree with those that the client names?</summary>
static class PartList
{
    /// <summary>The parts in order; a refusal that lists all that are missing or differ.</summary>
    public static Result<IReadOnlyList<StoredPart>> Check(long wanted, IReadOnlyList<PartRow> came, IReadOnlyList<(long Number, string Tag)> named)
    {
        if (named.Count > wanted || named.Where((part, i) => part.Number < 1 || part.Number > wanted || (i > 0 && part.Number <= named[i - 1].Number)).Any())
            return UploadRefusals.Unordered();
        var tags = named.ToDictionary(p => p.Number, p => p.Tag.Trim('"'));
        var there = came.ToDictionary(p => p.Number, p => p.Part);
        List<long> missing = [];
        List<StoredPart> parts = [];
        for (var number = 1L; number <= wanted; number++)
            if (there.TryGetValue(number, out var part) && tags.TryGetValue(number, out var tag) && tag == part.Digest.Hex)
                parts.Add(part);
            else
                missing.Add(number);
        return missing.Count > 0 ? UploadRefusals.Missing(missing) : parts;
    }
}
