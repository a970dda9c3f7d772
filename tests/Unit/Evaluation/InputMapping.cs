using System.Text.Json.Nodes;
using Assay.Contracts;
using Assay.Evaluation.Inputs;
using Assay.Evaluation.Models;

namespace Assay.Tests.Unit.Evaluation;

public sealed class InputMapping
{
    static ModelFace Face(params Port[] inputs) => new(inputs, [], []);

    static ModelSignature Columns(params string[] names) => new([.. names.Select(n => new SignatureColumn(n, "double", true))]);

    static ModelInput Input(string json) => InputJson.Read(JsonNode.Parse(json)).Value;

    static Result<IReadOnlyList<Tensor>> Bind(string json, ModelFace face, ModelSignature? signature = null) => InputBinding.Bind(Input(json), face, signature);

    [Theory]
    [InlineData("""{"dataframe_split": {"columns": ["b", "a"], "data": [[2, 1], [4, 3]]}}""")]
    [InlineData("""{"dataframe_records": [{"b": 2, "a": 1}, {"a": 3, "b": 4}]}""")]
    [InlineData("""{"inputs": {"b": [2, 4], "a": [1, 3]}}""")]
    [InlineData("""{"instances": [{"a": 1, "b": 2}, {"a": 3, "b": 4}]}""")]
    [InlineData("""{"instances": [[1, 2], [3, 4]]}""")]
    [InlineData("""{"inputs": [[1, 2], [3, 4]]}""")]
    [InlineData("""{"inputs": {"x": [[1, 2], [3, 4]]}}""")]
    public void Every_form_fills_one_tensor_in_the_signatures_order(string json)
    {
        var tensor = Bind(json, Face(new Port("x", TensorKind.Float, [-1, 2])), Columns("a", "b")).Value.ShouldHaveSingleItem();
        tensor.Shape.ShouldBe([2, 2]);
        ((float[])tensor.Data).ShouldBe([1, 2, 3, 4]);
    }

    [Fact]
    public void Several_inputs_take_each_its_column_as_one_or_two_dimensions()
    {
        var tensors = Bind("""{"dataframe_split": {"columns": ["extra", "name", "age"], "data": [[0, "x", 30.0], [0, null, 31]]}}""",
            Face(new Port("age", TensorKind.Int64, [-1]), new Port("name", TensorKind.Text, [-1, 1]))).Value;
        tensors[0].Shape.ShouldBe([2]);
        ((long[])tensors[0].Data).ShouldBe([30, 31]);
        tensors[1].Shape.ShouldBe([2, 1]);
        ((string[])tensors[1].Data).ShouldBe(["x", ""]);
    }

    [Fact]
    public void A_missing_number_is_NaN() =>
        ((float[])Bind("""{"instances": [[null]]}""", Face(new Port("x", TensorKind.Float, [-1, 1]))).Value[0].Data)[0].ShouldBe(float.NaN);

    [Theory]
    [InlineData("30.5", TensorKind.Int64, "only whole numbers convert")]
    [InlineData("null", TensorKind.Int64, "an integer cannot be missing")]
    [InlineData("null", TensorKind.Bool, "a boolean cannot be missing")]
    [InlineData("300", TensorKind.UInt8, "beyond the range")]
    [InlineData("1e300", TensorKind.Float, "beyond the range")]
    [InlineData("1e19", TensorKind.Int64, "only whole numbers convert")]
    [InlineData("\"1\"", TensorKind.Float, "the column takes numbers")]
    [InlineData("5816", TensorKind.Text, "write it in quotes")]
    [InlineData("2", TensorKind.Bool, "takes true and false")]
    public void A_value_that_does_not_fit_names_row_column_and_rule(string value, TensorKind kind, string rule)
    {
        var refusal = Bind($$"""{ "dataframe_split": {"columns": ["amount"], "data": [[{{value}}]]} }""", Face(new Port("amount", kind, [-1, 1]))).Refusal!;
        refusal.Message.ShouldContain("Row 1, column amount");
        refusal.Message.ShouldContain(rule);
        refusal.Kind.ShouldBe(RefusalKind.Invalid);
    }

    [Fact]
    public void A_missing_column_is_named_beside_what_was_given() =>
        Bind("""{"dataframe_records": [{"a": 1}]}""", Face(new Port("x", TensorKind.Float, [-1, 2])), Columns("a", "b")).Refusal!.Message.ShouldContain("lacks b");

    [Fact]
    public void An_optional_column_may_be_missing()
    {
        var signature = new ModelSignature([new("a", "double", true), new("b", "double", false)]);
        ((float[])Bind("""{"dataframe_records": [{"a": 1}]}""", Face(new Port("x", TensorKind.Float, [-1, 2])), signature).Value[0].Data).ShouldBe([1, float.NaN]);
    }

    [Fact]
    public void A_file_cannot_say_which_column_is_which_to_a_model_without_a_signature() =>
        InputBinding.Bind(Input("""{"dataframe_records": [{"a": 1, "b": 2}]}"""), Face(new Port("x", TensorKind.Float, [-1, 2])), null, fromFile: true).Refusal!.Code.ShouldBe("input-order-unknown");

    [Theory]
    [InlineData("""{"instances": [[1, 2, 3]]}""", "input-width")]
    [InlineData("""{"dataframe_split": {"columns": ["a"], "data": []}}""", "input-empty")]
    [InlineData("""{"inputs": {"a": [1], "b": [1, 2]}}""", "input-rows-differ")]
    [InlineData("""{"instances": [[1, [2]]]}""", "input-ragged")]
    [InlineData("""{"dataframe_split": {"columns": ["a"]}}""", "input-shape")]
    [InlineData("""{"rows": []}""", "input-form")]
    [InlineData("""[1]""", "input-form")]
    public void What_is_no_input_is_refused(string json, string code)
    {
        var read = InputJson.Read(JsonNode.Parse(json));
        var refusal = read.Refusal ?? InputBinding.Bind(read.Value, Face(new Port("x", TensorKind.Float, [-1, 2])), Columns("a", "b")).Refusal!;
        refusal.Code.ShouldBe(code);
        refusal.Mend.ShouldNotBeNullOrEmpty();
    }
}
