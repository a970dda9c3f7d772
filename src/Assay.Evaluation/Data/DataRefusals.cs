using Assay.Contracts;

namespace Assay.Evaluation.Data;

/// <summary>Every reason why data cannot be opened.</summary>
internal static class DataRefusals
{
    public const string Endings = ".csv, .csv.gz, .parquet, .jsonl, .jsonl.gz, .ndjson, .ndjson.gz, .arrow, .arrows, .feather";

    public static Refusal NoData(string uri, string why) => new(RefusalKind.NotFound, "data-missing",
        $"The data {uri} cannot be read: {why}", "Give data that can be read, by its path relative to the suite or by its address.", "data.uri");

    public static Refusal NoFormat(string uri, string file) => new(RefusalKind.Invalid, "data-format",
        $"The data {uri} cannot be read: the name of {file} ends in none of {Endings}.", "Rename the file after what it is, or write it in one of these formats.", "data.uri");

    public static Refusal NoSource(string uri, IEnumerable<string> known) => new(RefusalKind.Invalid, "data-source",
        $"The data {uri} cannot be read: there is nothing here that fetches such an address; known are {string.Join(", ", known)}.", "Give a local path, or one of these.", "data.uri");

    public static Refusal OtherDigest(string uri, Digest wanted, Digest found) => new(RefusalKind.Conflict, "data-digest",
        $"The data {uri} is {found}, but the suite wants {wanted}.", "Fetch the file that the suite was written for, or set data.digest to the new one on purpose.", "data.digest");

    public static Refusal Unreadable(string uri, string why) => new(RefusalKind.Invalid, "data-unreadable",
        $"The data {uri} cannot be read: {why}", "Mend the file, or write it anew.", "data.uri");

    public static Refusal TooMany(string uri, string what, long found, long most) => new(RefusalKind.Invalid, "data-too-large",
        $"The data {uri} has {found} {what}; at most {most} are taken.", "Split it, or leave out what is not needed.", "data.uri");

    public static Refusal Differ(string uri, string first, string other, string how) => new(RefusalKind.Invalid, "data-differs",
        $"The files of {uri} do not go together: {other} {how}, unlike {first}.", "Give files with the same columns of the same kinds.", "data.uri");

    public static Refusal NoDigests(string path, string why) => new(RefusalKind.Invalid, "digests-unreadable",
        $"The list of digests {path} cannot be read: {why}", "Write it with assay data digest FILE --digests OUT.", "train.digests");

    public static Refusal NoColumn(string name, IEnumerable<string> has) => new(RefusalKind.Invalid, "data-columns",
        $"The data has no column {name}; it has {string.Join(", ", has)}.", "Name columns as the data has them.", "columns");
}
