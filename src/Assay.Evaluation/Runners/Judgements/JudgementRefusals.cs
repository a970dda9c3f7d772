using Assay.Contracts;
using Assay.Evaluation.Inputs;
using Assay.Evaluation.Suites;

namespace Assay.Evaluation.Runners.Judgements;

/// <summary>Every reason why judgements cannot be used.</summary>
internal static class JudgementRefusals
{
    static Refusal Invalid(string code, string message, string mend) => new(RefusalKind.Invalid, code, message, mend, "judgements.uri");

    public static Refusal Row(string uri, long row, JudgementsWish wish) => Invalid("judgement-row",
        $"Row {row} of {uri} has no id in the column {wish.Id}, one that was judged before, or no number in the column {wish.Score}.", "Give each id once, with a number.");

    public static Refusal Unreadable(string uri, string why) => Invalid("judgement-unreadable", $"The judgements {uri} cannot be read: {why}", "Mend the file, or name its columns: judgements: {uri: …, id: …, score: …}.");

    public static Refusal Missing(string uri, long row, Cell id) => Invalid("judgement-missing", $"Row {row} of the data, {id}, has no judgement in {uri}.", "Judge every row; rows are never dropped silently.");
}
