using Assay.Examples.Credit;

namespace Assay.Tests.Unit.Credit;

public sealed class ExportedGraph
{
    static readonly Loan Usual = new("", false, [48, 36, 8, 60, 150, 3000, 0, 1000, 1400], ["rent", "married", "no", "fixed"]);

    static async Task<(TrainedModel Model, float[] Scores, Holdout Data)> Trained(Recipe recipe, long seed = 7)
    {
        var data = Holdout.Of((await LoanFile.ReadAsync(LoanData.File)).Loans, seed);
        var (model, scores) = new LogisticTraining(recipe, seed).Train(data, _ => { }, CancellationToken.None);
        return (model, scores, data);
    }

    static Loan With(string column, float value)
    {
        float[] numbers = [.. Usual.Numbers];
        numbers[Array.IndexOf(LoanColumns.Numbers, column)] = value;
        return Usual with { Numbers = numbers };
    }

    static Recipe Of(string recipe) => recipe == "first" ? Recipe.First : Recipe.Second;

    [Theory]
    [InlineData("first")]
    [InlineData("second")]
    public async Task It_scores_as_the_trainer_does_on_loans_that_neither_has_seen(string recipe)
    {
        var (model, scores, data) = await Trained(Of(recipe));
        ExportedModel.GreatestDifference(CreditGraph.Write(model, LoanColumns.Skewed), data.HeldOut, scores).ShouldBeLessThan(ExportedModel.Tolerance);
    }

    [Theory]
    [InlineData("first")]
    [InlineData("second")]
    public async Task Empty_cells_and_words_never_seen_are_answered(string recipe)
    {
        var (model, _, _) = await Trained(Of(recipe));
        var odd = new Loan("", false, [.. LoanColumns.Numbers.Select(_ => float.NaN)], ["castle", "", "", "unheard of"]);
        ExportedModel.Score(CreditGraph.Write(model, LoanColumns.Skewed), [odd]).ShouldHaveSingleItem().ShouldBeInRange(0, 1);
    }

    [Theory]
    [InlineData("first", 7)]
    [InlineData("second", 7)]
    [InlineData("second", 12)]
    public async Task It_knows_what_everybody_knows(string recipe, long seed)
    {
        var (model, _, _) = await Trained(Of(recipe), seed);
        var onnx = CreditGraph.Write(model, LoanColumns.Skewed);
        float[] Vary(string column, params float[] values) => ExportedModel.Score(onnx, [.. values.Select(value => With(column, value))]);
        Vary("income", 60, 100, 150, 200, 300, 400).ShouldBeInOrder(SortDirection.Descending);
        Vary("debt", 0, 500, 1000, 2000, 5000).ShouldBeInOrder(SortDirection.Ascending);
        Vary("seniority", 0, 2, 8, 15, 30).ShouldBeInOrder(SortDirection.Descending);
    }

    [Fact]
    public async Task Two_columns_in_the_wrong_order_turn_the_world_around()
    {
        var (model, scores, data) = await Trained(Recipe.Second);
        string[] wiring = [.. LoanColumns.Skewed.Select(name => name switch { "income" => "debt", "debt" => "income", _ => name })];
        var onnx = CreditGraph.Write(model, wiring);
        var byIncome = ExportedModel.Score(onnx, [With("income", 60), With("income", 400)]);
        byIncome[1].ShouldBeGreaterThan(byIncome[0]);
        ExportedModel.GreatestDifference(onnx, data.HeldOut, scores).ShouldBeGreaterThan(0.1);
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_bytes_and_another_seed_others()
    {
        async Task<byte[]> Bytes(long seed) => CreditGraph.Write((await Trained(Recipe.First, seed)).Model, LoanColumns.Skewed);
        var first = await Bytes(7);
        (await Bytes(7)).ShouldBe(first);
        (await Bytes(8)).ShouldNotBe(first);
    }
}
