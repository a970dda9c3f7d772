using Assay.Contracts;
using Assay.Server.Promotions;

namespace Assay.Tests.Unit.Promotions;

public sealed class FindingTheLastGood
{
    [Theory]
    [InlineData("", "")]
    [InlineData("A", "")]
    [InlineData("A A", "")]
    [InlineData("A B", "A")]
    [InlineData("A B C", "B A")]
    [InlineData("A B A", "B")]
    [InlineData("A B <A", "")]
    [InlineData("A B C <B", "A")]
    [InlineData("A B C <B <A", "")]
    [InlineData("A B <A B", "A")]
    [InlineData("A B <A C", "A")]
    [InlineData("A B <A <B", "")]
    [InlineData("A B <A B C", "B A")]
    public void A_rollback_goes_back_and_never_in_a_circle(string history, string candidates)
    {
        var promotions = history.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select((word, i) => Promotion(word.TrimStart('<'), word.StartsWith('<') ? PromotionKind.Rollback : PromotionKind.Promotion, i)).Reverse().ToList();
        LastGood.Candidates(promotions).Select(p => p.Id[..1]).ShouldBe(candidates.Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    static PromotionView Promotion(string name, PromotionKind kind, int seq) => new($"{name}{seq}", kind, "fraud", 1, Digest.Of(name), "production", "primary", Digest.Of("v"),
        DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, "local", false, "", [], null, null, null)
    { Seq = seq };
}
