using Assay.Contracts.Conditions;
using CsCheck;

namespace Assay.Tests.Unit.Conditions;

/// <summary>What is wrong is said before anything is asked, with its place and its mend.</summary>
public sealed class Refusing
{
    static readonly Vocabulary Words = new([("age_days", ValueKind.Number), ("country", ValueKind.Text), ("card present", ValueKind.Truth), ("opened", ValueKind.Time), ("tags", ValueKind.Texts)]);

    [Theory]
    [InlineData("age_dys < 30", 1, 1, "Write age_days.")]
    [InlineData("has(card_present)", 1, 5, "Write `card present`.")]
    [InlineData("age_days < 30 &&\n  contry == 'DE'", 2, 3, "Write country.")]
    [InlineData("age_days = 30", 1, 10, "Write == to compare.")]
    [InlineData("age_days < 30 and country == 'DE'", 1, 15, "Write && for and.")]
    [InlineData("age_days < 30 & true", 1, 15, "Write && for and.")]
    [InlineData("not `card present`", 1, 5, "Write ! for not.")]
    [InlineData("age_days < '30'", 1, 10, "Write a number without quotes and a text within them.")]
    [InlineData("opened < '2026-01-01T00:00:00Z'", 1, 8, "Write a time as timestamp('2026-01-31T12:00:00Z').")]
    [InlineData("opened < timestamp('2026-01-01')", 1, 10, "Write it as 2026-01-31T12:00:00Z, with Z or an offset such as +01:00.")]
    [InlineData("opened - opened > duration('1w')", 1, 19, "Write a whole number and d, h, m or s, such as 30d.")]
    [InlineData("1 < age_days < 3", 1, 14, "Write true or false beside a truth; what lies between two numbers is written low < x && x < high.")]
    [InlineData("age_days", 1, 1, "Compare it with something, such as amount > 0 or country == 'DE'; has(name) asks whether there is a value.")]
    [InlineData("country.startWith('D')", 1, 9, "Write startsWith.")]
    [InlineData("startsWith(country, 'D')", 1, 1, "Write text.startsWith('…').")]
    [InlineData("country.size() == 2", 1, 9, "Write size(text).")]
    [InlineData("country.startsWith(country)", 1, 9, "Write text.startsWith('…').")]
    [InlineData("tags.contains('x')", 1, 6, "Ask with in whether a list holds a value.")]
    [InlineData("country in ['DE', 3]", 1, 19, "Put values of one kind into it.")]
    [InlineData("country in []", 1, 12, "Put at least one value into it.")]
    [InlineData("age_days in [age_days]", 1, 14, "Compare with names by == and join the comparisons with ||.")]
    [InlineData("country in 'DE'", 1, 9, "Write a list after in, such as ['DE', 'AT']; text.contains('x') looks into a text.")]
    [InlineData("country + 'x' == 'DEx'", 1, 9, "Texts are not joined or counted with: compare each by itself; a number is written without quotes.")]
    [InlineData("(age_days < 3", 1, 14, "Close the '(' of column 1 with ')'.")]
    [InlineData("country == 'DE", 1, 12, "Close it with '; a new line inside a text is written \\n.")]
    [InlineData("country == 'D\\E'", 1, 14, """Write \\ for a backslash; known are \\ \' \" \n \r \t and \u with four hexadecimal digits.""")]
    [InlineData("age_days < 9007199254740992", 1, 12, "Write a whole number up to 9007199254740991, or a rounded one with an exponent up to 1e308.")]
    [InlineData("age_days < 3d", 1, 13, "Put an operator between them; a name that begins with a digit stands in backticks.")]
    [InlineData("", 1, 1, "Write a comparison, such as age_days < 30.")]
    [InlineData("age_days <", 1, 11, "Write a name, a number, a text in quotes, true, false, null, a list or something in parentheses.")]
    public void A_wrong_condition_is_refused_with_its_place_and_mend(string text, int line, int column, string mend)
    {
        var refusal = Condition.Parse(text, Words, "slices.by[0].where").Refusal.ShouldNotBeNull();
        refusal.Message.ShouldStartWith($"The condition is wrong at line {line}, column {column}: ");
        refusal.Mend.ShouldBe(mend);
        refusal.Field.ShouldBe("slices.by[0].where");
        refusal.Code.ShouldBe("malformed-condition");
    }

    [Fact]
    public void A_condition_too_long_too_deep_or_too_large_is_refused()
    {
        Condition.Parse(new string(' ', ConditionLimits.Characters) + "true", Words).Refusal!.Message.ShouldContain("4100 characters");
        Condition.Parse(new string('(', 2000), Words).Refusal!.Message.ShouldContain("more than 64");
        Condition.Parse(new string('!', 4000) + "true", Words).Refusal!.Message.ShouldContain("more than 64");
        Condition.Parse(string.Join("||", Enumerable.Repeat("true", 600)), Words).Refusal!.Message.ShouldContain("more than 500 operators");
        Condition.Parse(string.Join("||", Enumerable.Repeat("true", 500)), Words).Ok.ShouldBeTrue();
        Condition.Parse(new string('(', 64) + "true" + new string(')', 64), Words).Ok.ShouldBeTrue();
    }

    [Fact]
    public void No_text_makes_it_throw()
    {
        var row = new ConditionValues(Words);
        string[] pieces = ["age_days", "country", "`card present`", "tags", "opened", "1", "2.5", "1e3", "'DE'", "\"x\"", "null", "true", "in", "has(", "size(", ".glob(", ".startsWith(", "timestamp(", "duration(",
            "'30d'", "(", ")", "[", "]", ",", ".", "!", "-", "+", "*", "/", "%", "==", "!=", "<", "<=", "&&", "||", "`", "'", "\\", "\n", "ü", "\ud800", "and"];
        Gen.OneOf(pieces).List[0, 25].Sample(list => Try(string.Join(' ', list)), iter: 10_000);
        Gen.String[0, 40].Sample(Try, iter: 20_000);

        void Try(string text)
        {
            var parsed = Condition.Parse(text, Words);
            if (parsed.Ok)
                parsed.Value.Holds(row);
            else
                parsed.Refusal!.Mend.ShouldNotBeNullOrEmpty();
        }
    }
}
