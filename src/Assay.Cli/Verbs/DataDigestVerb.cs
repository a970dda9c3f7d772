using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Assay.Cli.Measuring;
using Assay.Cli.Surface;
using Assay.Evaluation.Data;
using Assay.Evaluation.Data.Rows;

namespace Assay.Cli.Verbs;

/// <summary>Hashes the rows of a data set, and writes their digests for someone who must not see the rows.</summary>
internal static class DataDigestVerb
{
    const int Batch = 8192;

    public static Verb Build()
    {
        var data = OpenedData.Argument();
        var wanted = OpenedData.Wanted();
        var columns = Names("--columns", "The columns to hash, in this order: the model's inputs, then the time column. Without it all of them.");
        var texts = Names("--text", "Columns of text although all their values are numbers, such as postal codes.");
        var list = new Option<string?>("--digests") { Description = "Write the sorted digests of the rows there, for train: {digests: FILE}.", HelpName = "FILE" };
        return new Verb("digest", "Hashes the rows of a data set: the same rows have the same rows_digest whatever their order and the file's format.",
            "assay data digest train.parquet --columns amount,country --digests train.digests.txt", "assay data digest heldout.csv --text zip --json")
        { data, wanted, columns, texts, list }.Runs(async (call, ct) =>
        {
            await using var set = await OpenedData.Open(call, call.Require(data), call.Get(wanted), ct);
            try
            {
                return await Digest(call, set, call.Get(columns) ?? [], call.Get(texts) ?? [], call.Get(list), ct);
            }
            catch (DataException e)
            {
                throw new WrongUseException($"The data {call.Require(data)} cannot be read: {e.Message}", "Mend the file, or name other columns.", "data");
            }
        });
    }

    static async Task<int> Digest(Call call, DataSet set, string[] columns, string[] texts, string? list, CancellationToken ct)
    {
        var row = await RowColumns.Of(set, columns, texts, ct);
        if (row.Refusal is { } refusal)
            throw new WrongUseException(refusal.Message, refusal.Mend, refusal.Field);
        var hasher = new RowHasher(row.Value);
        using var digests = new RowDigests();
        await foreach (var batch in set.Read([.. row.Value.Select(c => c.Name)], Batch, ct))
            digests.Add(hasher.Hash(batch));
        var fingerprint = digests.Fingerprint(ct);
        if (list is not null)
            await DigestList.Write(list, digests, row.Value, fingerprint.Root, ct);
        call.Out.Document(new JsonObject
        {
            ["digest"] = set.Digest.ToString(),
            ["rows_digest"] = fingerprint.Root.ToString(),
            ["rows"] = fingerprint.Rows,
            ["distinct"] = fingerprint.Distinct,
            ["duplicate_rate"] = fingerprint.DuplicateRate,
            ["columns"] = new JsonArray([.. row.Value.Select(c => new JsonObject { ["name"] = c.Name, ["number"] = c.Number })]),
        });
        call.Out.Line($"digest       {set.Digest}");
        call.Out.Line($"rows_digest  {fingerprint.Root}");
        call.Out.Line(string.Create(CultureInfo.InvariantCulture, $"rows         {fingerprint.Rows}, {fingerprint.Distinct} different, {fingerprint.DuplicateRate:P1} stand more than once"));
        call.Out.Line($"columns      {string.Join(", ", row.Value.Select(c => $"{c.Name} ({(c.Number ? "number" : "text")})"))}");
        return ExitCode.Done;
    }

    static Option<string[]> Names(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "NAME,…",
        CustomParser = result => [.. result.Tokens.SelectMany(t => t.Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))],
        AllowMultipleArgumentsPerToken = true,
    };
}
