using Assay.Evaluation.Inputs;
using Assay.Evaluation.Models;

namespace Assay.Evaluation.FirstSuites;

/// <summary>Every case that a first suite may have, judged by what the model takes and answers. Whether they hold is found out afterwards.</summary>
internal sealed class FirstCases(AskedRows rows, FirstAnswer answer, bool logged)
{
    /// <summary>The case that the others start from.</summary>
    public const string Example = "example-answer";

    const string Refused = "status: [400, 422]";

    /// <summary>The cases in their order.</summary>
    public IReadOnlyList<ProposedCase> All() =>
        [Answers(), .. Probabilities(), Again(), .. Batches(), .. Order(), .. BadInput(), .. MissingColumn(), .. MissingValues(), .. MissingWhole()];

    ProposedCase Answers()
    {
        var expect = new List<ProposedExpectation>();
        if (answer.Numbers is { } numbers && numbers.Values.All(double.IsFinite))
            expect.Add(new($"equals: {{values: {Values(numbers)}}}", logged
                ? "are these the answers that you want? They are what the model says today, right or wrong."
                : "these rows were made up. Put real ones in their place, with the answers that you want."));
        expect.Add(new("finite: true"));
        expect.Add(new($"schema: {{names: {YamlValues.List(answer.Outputs.Select(o => YamlValues.Quoted(o.Name)))}}}"));
        if (answer.Looked is { } output)
            expect.Add(new($"schema: {{dtype: {output.Kind.KServeName()}, shape: {Shape(output)}}}"));
        return new(Example, logged ? "The model's own answer to its logged input example." : "The model's own answer to rows made from the types of its inputs.", AskedRows.Lines(rows.Input), expect);
    }

    IEnumerable<ProposedCase> Probabilities()
    {
        if (answer.AreProbabilities)
            yield return new("probabilities", "Each is a probability, and those of a row add up to 1.", Based, new("between: {min: 0, max: 1}"), new("sum: {equals: 1, axis: -1, atol: 1.0e-4}"));
        else if (answer.MayBeProbability)
            yield return new("probability", "The score is a probability.", Based,
                new ProposedExpectation("between: {min: 0, max: 1}", answer.IsProbability ? null : "every answer to the example lies from 0 to 1. Take this case out if the score is no probability."));
    }

    static ProposedCase Again() => new("same-answer-again", "Asked again, the model says the same.", Based, new ProposedExpectation("deterministic: {repeat: 3}"));

    IEnumerable<ProposedCase> Batches()
    {
        if (answer.Numbers is not null)
            yield return new("batches-do-not-matter", "A row's answer does not depend on the rows asked with it.", Based, new ProposedExpectation("batch_consistent: {sizes: [1, 2, 7]}"));
    }

    IEnumerable<ProposedCase> Order()
    {
        if (rows.OrderIsNamed && answer.Numbers is not null)
            yield return new("column-order-does-not-matter", "Columns are taken by their names.", [.. Based, "perturb: [{permute_columns: true}]"], new ProposedExpectation("invariant: {}"));
    }

    IEnumerable<ProposedCase> BadInput()
    {
        const string Name = "bad-input-is-refused", Why = "Text where a number belongs is refused, and not answered with a guess.", Wrong = "no number";
        if (rows.Scalars.FirstOrDefault(IsNumber) is { } column)
            yield return new(Name, Why, [.. Based, $"perturb: [{{set: {{{YamlValues.Quoted(column.Name!)}: {YamlValues.Quoted(Wrong)}}}}}]"], new ProposedExpectation(Refused));
        else if (rows.Input.Columns.FirstOrDefault(IsNumber) is { } tensor)
            yield return new(Name, Why, AskedRows.Lines(new([.. rows.FirstRow.Columns.Select(c => c.Name == tensor.Name ? c with { Cells = [Cell.Of(Wrong), .. c.Cells.Skip(1)] } : c)])), new ProposedExpectation(Refused));
    }

    IEnumerable<ProposedCase> MissingColumn()
    {
        if (rows.Input.Columns.Count > 1 && rows.Signature.FirstOrDefault(c => c.Required && rows.Input.Columns.Any(given => given.Name == c.Name)) is { } needed)
            yield return new("missing-column-is-refused", "The signature asks for the column that is left out here.",
                AskedRows.Lines(new([.. rows.FirstRow.Columns.Where(c => c.Name != needed.Name)])), new ProposedExpectation(Refused));
    }

    IEnumerable<ProposedCase> MissingValues()
    {
        var optional = rows.Signature.Where(c => !c.Required).Select(c => rows.Scalars.FirstOrDefault(given => given.Name == c.Name)).OfType<InputColumn>().Where(CanBeMissing).ToList();
        if (optional.Count > 0)
            yield return new("missing-values-are-answered", "The signature does without these columns.", [.. Based, $"perturb: {YamlValues.List(optional.Select(Missing))}"], new("finite: true"), new("status: [200]"));
    }

    IEnumerable<ProposedCase> MissingWhole()
    {
        if (rows.Scalars.FirstOrDefault(c => !CanBeMissing(c)) is { } whole)
            yield return new("missing-whole-number-is-refused", "A whole number or a boolean cannot be missing.", [.. Based, $"perturb: [{Missing(whole)}]"], new ProposedExpectation(Refused));
    }

    static string[] Based => [$"base: {Example}"];

    static string Missing(InputColumn column) => $"{{set: {{{YamlValues.Quoted(column.Name!)}: null}}}}";

    bool IsNumber(InputColumn column) => rows.KindOf(column) is not (null or TensorKind.Text or TensorKind.Bool);

    bool CanBeMissing(InputColumn column) => rows.KindOf(column) is null or TensorKind.Text or TensorKind.Float or TensorKind.Double or TensorKind.Half;

    /// <summary>One list for each row, so that a person sees which answer is whose.</summary>
    static string Values(Invariants.Numbers numbers) => YamlValues.List(numbers.Columns == 1 ? numbers.Values.Select(YamlValues.Number)
        : numbers.Values.Chunk(numbers.Columns).Select(row => YamlValues.List(row.Select(YamlValues.Number))));

    string Shape(Tensor output) => YamlValues.List(output.Shape.Index().Select(d => YamlValues.Number(d.Index == 0 && d.Item == rows.Input.Rows ? -1 : d.Item)));
}
