using System.Globalization;
using System.Text.Json.Nodes;
using Assay.Cli.Measuring;
using Assay.Cli.Surface;

namespace Assay.Cli.Verbs;

/// <summary>Prints what a data set is: its digest, its rows and its columns.</summary>
internal static class DataShowVerb
{
    public static Verb Build()
    {
        var data = OpenedData.Argument();
        var wanted = OpenedData.Wanted();
        return new Verb("show", "Prints the digest, the number of rows and the columns of a data set.", "assay data show heldout.parquet", "assay data show 'parts/*.csv' --json") { data, wanted }.Runs(async (call, ct) =>
        {
            await using var set = await OpenedData.Open(call, call.Require(data), call.Get(wanted), ct);
            call.Out.Document(new JsonObject
            {
                ["digest"] = set.Digest.ToString(),
                ["rows"] = set.Rows,
                ["columns"] = new JsonArray([.. set.Fields.Select(f => new JsonObject { ["name"] = f.Name, ["kind"] = Kind(f.Kind) })]),
            });
            call.Out.Line($"digest  {set.Digest}");
            call.Out.Line($"rows    {set.Rows.ToString(CultureInfo.InvariantCulture)}");
            call.Out.Line(Words.Columns(set.Fields.Select(f => (IReadOnlyList<string>)[f.Name, Kind(f.Kind)])));
            return ExitCode.Done;
        });
    }

    static string Kind(Evaluation.Data.DataKind kind) => kind.ToString().ToLowerInvariant();
}
