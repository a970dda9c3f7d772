using Assay.Contracts;
using Assay.Contracts.Conditions;
using Assay.Evaluation.Data;
using Assay.Evaluation.Suites;

namespace Assay.Evaluation.Measures.Slices;

/// <summary>The rows for which a condition over the columns holds: one slice, or none.</summary>
internal sealed class ConditionParting : Parting
{
    const int MostUntyped = 6;
    readonly WhereSlice wish;
    readonly Condition condition;
    readonly Vocabulary vocabulary;

    ConditionParting(WhereSlice wish, Condition condition, Vocabulary vocabulary)
    {
        (this.wish, this.condition, this.vocabulary) = (wish, condition, vocabulary);
        Columns = [.. condition.Names.Select(n => vocabulary.Names[n].Name)];
    }

    public override IReadOnlyList<string> Columns { get; }

    public override string Title => wish.Name;

    /// <summary>
    /// Checks the condition against the columns. A file without types has text only: there a column is a number where the condition uses it as one,
    /// which is found by trying.
    /// </summary>
    public static Result<ConditionParting> Of(WhereSlice wish, IReadOnlyList<DataField> fields)
    {
        Result<Condition>? first = null;
        string[] untyped = [.. fields.Where(f => f.Kind == DataKind.Text && wish.Where.Contains(f.Name, StringComparison.Ordinal)).Select(f => f.Name).Take(MostUntyped)];
        for (var asTexts = 0; asTexts < 1 << untyped.Length; asTexts++)
        {
            var texts = untyped.Where((_, i) => (asTexts >> i & 1) == 1).ToHashSet(StringComparer.Ordinal);
            var vocabulary = new Vocabulary([.. fields.Select(f => (f.Name, Kind(f, texts.Contains(f.Name) || !untyped.Contains(f.Name))))]);
            var read = Condition.Parse(wish.Where, vocabulary, "slices.by");
            if (read.Ok)
                return new ConditionParting(wish, read.Value, vocabulary);
            first = read; // the last one takes all of them as text, which is what they are
        }
        return MeasureRefusals.Condition(wish.Name, first!.Value.Refusal!.Message);
    }

    public override void Declare() => Number(wish.Name, Key);

    public override int[] Of(DataBatch batch)
    {
        var inside = Number(wish.Name, Key);
        var scope = new Row(batch, vocabulary, condition.Names);
        var of = new int[batch.Rows];
        for (var r = 0; r < of.Length; r++)
        {
            scope.At = r;
            of[r] = condition.Holds(scope) ? inside : -1;
        }
        return of;
    }

    SliceKey Key() => new([(wish.Name, condition.Text)]);

    static ValueKind Kind(DataField field, bool asText) => field.Kind switch
    {
        DataKind.Truth => ValueKind.Truth,
        DataKind.Text => asText ? ValueKind.Text : ValueKind.Number,
        _ => ValueKind.Number,
    };

    /// <summary>A row of a batch, moved along.</summary>
    sealed class Row : IConditionScope
    {
        readonly double[]?[] numbers;
        readonly string?[]?[] texts;

        public Row(DataBatch batch, Vocabulary vocabulary, IReadOnlyList<int> names)
        {
            (numbers, texts) = (new double[vocabulary.Names.Count][], new string?[vocabulary.Names.Count][]);
            foreach (var name in names)
                if (vocabulary.Names[name].Kind == ValueKind.Text)
                    texts[name] = batch[vocabulary.Names[name].Name].Texts;
                else
                    numbers[name] = DataNumbers.Of(batch[vocabulary.Names[name].Name], batch.FirstRow);
        }

        public int At { get; set; }

        public double Number(int name) => numbers[name]![At];

        public string? Text(int name) => texts[name]![At];
    }
}
