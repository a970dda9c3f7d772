using Assay.Server.Search;
using CsCheck;

namespace Assay.Tests.Unit.Search;

public sealed class Grammar
{
    static readonly SearchFields Fields = new("things", new Dictionary<string, SearchField>
    {
        ["name"] = new("name", FieldType.Text, "t.name") { Lists = true },
        ["size"] = new("size", FieldType.Whole, "t.size"),
        ["Two words"] = new("two", FieldType.Text, "t.two"),
    }, ["attributes"], [SearchFields.Pairs("tag", "x.id = t.id", "tags", true, "tags", "tag")]);

    static readonly string[] Parts = ["name", "size", "tags", ".", "`", "\"", "'", "a b", " ", "=", "!=", ">", "<=", "LIKE", "IN", "NOT", "IS", "NULL", "AND", "OR", "(", ")", ",", "'x'", "1", "-1.5e3", "e", "\\", "\0", "é", "\ud83d", "two", "Two words"];

    static readonly Gen<string> Pieces = Gen.Int[0, Parts.Length - 1].Select(i => Parts[i]);

    [Fact]
    public void Any_text_is_read_or_refused_with_a_place_and_never_crashes() =>
        Gen.OneOf(Gen.String, Pieces.Array[0, 14].Select(p => string.Concat(p)), Pieces.Array[0, 14].Select(p => string.Join(' ', p))).Sample(text =>
        {
            var read = SearchFilter.Parse(Fields, text);
            return read.Ok || read.Refusal!.Field == "filter" && read.Refusal.Message.StartsWith("Invalid filter at character ", StringComparison.Ordinal);
        }, iter: 20_000);

    [Fact]
    public void Any_order_is_read_or_refused_and_never_crashes() =>
        Gen.OneOf(Gen.String, Pieces.Array[0, 8].Select(p => string.Concat(p))).Array[0, 3].Sample(clauses =>
        {
            var read = SearchOrder.Parse(Fields, clauses);
            return read.Ok || read.Refusal!.Field == "order_by";
        }, iter: 20_000);

    [Fact]
    public void What_is_written_in_the_grammar_is_read_back() =>
        Gen.Select(Gen.String[Gen.Char["abc/ .-:é`"], 1, 8], Gen.String[Gen.Char["ab'\"%\\é"], 0, 8], Gen.Bool).Sample((key, value, upper) =>
        {
            var text = $"tags.`{key.Replace("`", "``", StringComparison.Ordinal)}` = '{value.Replace("'", "''", StringComparison.Ordinal)}' {(upper ? "AND" : "and")} size >= 3";
            var read = SearchFilter.Parse(Fields, text);
            return read.Ok && read.Value is [{ Field: var field, Operator: SearchOperator.Equal, Value: string found }, { Operator: SearchOperator.GreaterOrEqual, Value: 3L }] && field.Key == key && found == value;
        }, iter: 5_000);

    [Fact]
    public void Any_page_token_is_this_searchs_own_or_none() =>
        Gen.OneOf(Gen.String, Gen.String[Gen.Char["ABCabc012_-"], 0, 40], Gen.Byte.Array[0, 40].Select(b => Convert.ToBase64String(b))).Sample(token =>
            PageToken.Read(token, "0123456789abcdef", [FieldType.Text, FieldType.Whole, FieldType.Real]) is null, iter: 20_000);

    [Fact]
    public void A_page_token_keeps_its_values_exactly() =>
        Gen.Select(Gen.String, Gen.Long, Gen.Double.Where(double.IsFinite)).Sample((text, whole, real) =>
        {
            text = text.Replace("\0", "", StringComparison.Ordinal);
            var token = PageToken.Write("f", [text, whole, real]);
            return PageToken.Read(token, "f", [FieldType.Text, FieldType.Whole, FieldType.Real]) is [string t, long w, double r] && w == whole && r.Equals(real) && t == text.Replace('\ufffd', '\ufffd')
                && PageToken.Read(token, "g", [FieldType.Text, FieldType.Whole, FieldType.Real]) is null;
        }, iter: 2_000);

    [Fact]
    public void A_caret_stands_below_the_wrong_character()
    {
        var lines = SearchFilter.Parse(Fields, "name = x").Refusal!.Message.Split('\n');
        lines[0].ShouldContain("at character 8:");
        lines[2].IndexOf('^', StringComparison.Ordinal).ShouldBe(lines[1].IndexOf('x', StringComparison.Ordinal));
    }
}
