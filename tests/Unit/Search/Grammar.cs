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
    public void A_filter_printed_from_what_was_read_is_that_filter()
    {
        var key = Gen.String[Gen.Char["abc/ .-:é`'"], 1, 8].Select(k => $"tags.`{k.Replace("`", "``", StringComparison.Ordinal)}`");
        var text = Gen.String[Gen.Char["ab'\"%\\é, )"], 0, 8].Select(Quoted);
        var number = Gen.OneOf(Gen.Long.Select(n => n.ToString(System.Globalization.CultureInfo.InvariantCulture)), Gen.Double.Where(double.IsFinite).Select(Printed));
        var ofText = Gen.Select(Gen.OneOf(key, Gen.Const("name")), Gen.OneOf(Gen.Const("="), Gen.Const("!="), Gen.Const("LIKE"), Gen.Const("ILIKE")), text, (field, op, value) => $"{field} {op} {value}");
        var ofNumber = Gen.Select(Gen.OneOf(Gen.Const("="), Gen.Const("!="), Gen.Const(">"), Gen.Const(">="), Gen.Const("<"), Gen.Const("<=")), number, (op, value) => $"size {op} {value}");
        var ofList = Gen.Select(Gen.Bool, text.Array[1, 4], (not, values) => $"name {(not ? "NOT IN" : "IN")} ({string.Join(", ", values)})");
        var ofNothing = Gen.Select(key, Gen.Bool, (field, not) => $"{field} IS {(not ? "NOT " : "")}NULL");
        Gen.OneOf(ofText, ofNumber, ofList, ofNothing).Array[1, 6].Select(terms => string.Join(" AND ", terms)).Sample(filter =>
            SearchFilter.Parse(Fields, filter) is { Ok: true } read && string.Join(" AND ", read.Value.Select(Printed)) == filter, iter: 5_000);
    }

    static string Quoted(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>A real that is whole is told from a whole number by its point.</summary>
    static string Printed(double number) => number.ToString("R", System.Globalization.CultureInfo.InvariantCulture) is var text && text.AsSpan().ContainsAny('.', 'E') ? text : text + ".0";

    static string Printed(SearchTerm term) => $"{(term.Field.Key.Length > 0 ? $"tags.`{term.Field.Key.Replace("`", "``", StringComparison.Ordinal)}`" : term.Field.Name)} {Word(term.Operator)}" + term.Value switch
    {
        null => "",
        string text => " " + Quoted(text),
        long whole => " " + whole.ToString(System.Globalization.CultureInfo.InvariantCulture),
        double real => " " + Printed(real),
        _ => $" ({string.Join(", ", ((List<string>)term.Value).Select(Quoted))})",
    };

    static string Word(SearchOperator op) => op switch
    {
        SearchOperator.Equal => "=",
        SearchOperator.NotEqual => "!=",
        SearchOperator.Greater => ">",
        SearchOperator.GreaterOrEqual => ">=",
        SearchOperator.Less => "<",
        SearchOperator.LessOrEqual => "<=",
        SearchOperator.Like => "LIKE",
        SearchOperator.ILike => "ILIKE",
        SearchOperator.In => "IN",
        SearchOperator.NotIn => "NOT IN",
        SearchOperator.IsNull => "IS NULL",
        _ => "IS NOT NULL",
    };

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
