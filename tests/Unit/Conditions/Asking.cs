using Assay.Contracts.Conditions;

namespace Assay.Tests.Unit.Conditions;

/// <summary>What conditions say of values, and of missing ones.</summary>
public sealed class Asking
{
    static readonly Vocabulary Words = new(
    [
        ("age_days", ValueKind.Number), ("amount", ValueKind.Number), ("country", ValueKind.Text), ("card.name", ValueKind.Text), ("card present", ValueKind.Truth),
        ("opened", ValueKind.Time), ("waited", ValueKind.Duration), ("tags", ValueKind.Texts), ("limits", ValueKind.Numbers), ("gone", ValueKind.Number), ("untold", ValueKind.Text),
        ("unsure", ValueKind.Truth), ("unlisted", ValueKind.Texts),
    ]);

    static readonly ConditionValues Row = new ConditionValues(Words).Set("age_days", 20).Set("amount", 12.5).Set("country", "DE").Set("card.name", "Gold *")
        .Set("card present", true).Set("opened", new DateTimeOffset(2026, 1, 31, 12, 0, 0, TimeSpan.Zero)).Set("waited", TimeSpan.FromHours(36))
        .Set("tags", ["new", "web"]).Set("limits", [1, 12.5]);

    static bool Holds(string text)
    {
        var parsed = Condition.Parse(text, Words);
        parsed.Ok.ShouldBeTrue(parsed.Refusal?.Message);
        return parsed.Value.Holds(Row);
    }

    [Theory]
    [InlineData("age_days < 30")]
    [InlineData("age_days >= 20 && age_days <= 20 && age_days == 20.0 && !(age_days != 20)")]
    [InlineData("amount * 2 + 5 == age_days + 10")]
    [InlineData("amount / 5 - 2.5 == 0 && -amount < 0 && age_days % 7 == 6")]
    [InlineData("country == 'DE' && country != \"AT\" && country < 'DF'")]
    [InlineData("country in ['AT', 'DE'] && !(age_days in [1, -2]) && amount in limits && 'web' in tags")]
    [InlineData("`card present` && `card present` == true && `card present` != false")]
    [InlineData("card.name.startsWith('Gold') && card.name.endsWith('*') && card.name.contains('d ') && card.name.glob('G*d*') && !card.name.glob('G*x')")]
    [InlineData("`card.name` == card.name")]
    [InlineData("size(country) == 2 && size(tags) == 2 && size('\\ud83d\\ude00') == 1")]
    [InlineData("opened == timestamp('2026-01-31T13:00:00+01:00') && opened + waited > timestamp('2026-02-01T00:00:00Z')")]
    [InlineData("waited == duration('36h') && waited in [duration('36h')] && opened - timestamp('2026-01-30T12:00:00Z') < waited && waited / duration('12h') == 3")]
    [InlineData("(age_days < 30) == (country == 'DE')")]
    public void These_hold(string text) => Holds(text).ShouldBeTrue();

    [Theory]
    [InlineData("gone < 1")]
    [InlineData("gone >= 1")]
    [InlineData("gone == 1")]
    [InlineData("gone != 1")]
    [InlineData("gone == gone")]
    [InlineData("gone + 1 > 0")]
    [InlineData("gone in [1]")]
    [InlineData("untold != 'x'")]
    [InlineData("untold < 'x'")]
    [InlineData("untold.contains('')")]
    [InlineData("untold in ['x']")]
    [InlineData("size(untold) >= 0")]
    [InlineData("size(unlisted) >= 0")]
    [InlineData("'x' in unlisted")]
    [InlineData("unsure")]
    [InlineData("unsure == false")]
    [InlineData("unsure != true")]
    [InlineData("amount / 0 > 0")]
    [InlineData("1e308 * 10 > 0")]
    public void A_comparison_with_a_missing_value_is_false(string text) => Holds(text).ShouldBeFalse();

    [Theory]
    [InlineData("gone == null && !has(gone) && !(gone != null)")]
    [InlineData("null == untold && unsure == null && unlisted == null && amount / 0 == null")]
    [InlineData("has(age_days) && country != null && has(`card present`) && tags != null")]
    [InlineData("!(gone < 1) && !unsure")]
    public void Whether_a_value_is_there_can_be_asked(string text) => Holds(text).ShouldBeTrue();

    [Theory]
    [InlineData("true || false && false")]
    [InlineData("!false && true")]
    [InlineData("!(true && false)")]
    [InlineData("2 + 3 * 4 == 14 && (2 + 3) * 4 == 20")]
    [InlineData("10 - 4 - 3 == 3 && 16 / 4 / 2 == 2")]
    [InlineData("- 2 * 3 == -6 && --2 == 2")]
    [InlineData("1 < 2 == true")]
    public void Operators_bind_as_in_CEL(string text) => Holds(text).ShouldBeTrue();

    [Fact]
    public void It_says_which_names_it_uses() =>
        Condition.Parse("country == 'DE' || amount > 3 && amount < 9", Words).Value.Names.ShouldBe([1, 2]);

    [Fact]
    public void Asking_allocates_nothing()
    {
        var condition = Condition.Parse("age_days < 30 && country in ['DE', 'AT'] || amount * 2 > 20 && card.name.glob('G*d*')", Words).Value;
        condition.Holds(Row).ShouldBeTrue();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 10_000; i++)
            condition.Holds(Row);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }
}
