using Assay.Contracts;
using Assay.Evaluation.Data;
using Assay.Evaluation.Measures.Slices;
using Assay.Evaluation.Models;
using Assay.Evaluation.Suites;

namespace Assay.Evaluation.Measures;

/// <summary>What is read of the data for one suite and one model.</summary>
/// <param name="Inputs">The columns that the model takes and the data has, in the signature's order.</param>
/// <param name="Numbers">Those of them that are numbers, whatever the file's format spells.</param>
/// <param name="Canonical">The columns of the canonical row (evaluation.md §5.1): the inputs, then the time.</param>
/// <param name="Columns">All that is read.</param>
/// <param name="Partings">The ways in which the rows are parted.</param>
internal sealed record Plan(IReadOnlyList<string> Inputs, IReadOnlySet<string> Numbers, IReadOnlyList<string> Canonical, IReadOnlyList<string> Columns, IReadOnlyList<Parting> Partings)
{
    static readonly string[] TextTypes = ["string", "binary", "datetime"];

    /// <summary>Checks the suite's columns against the data's.</summary>
    public static Result<Plan> Of(EvaluationSuite suite, ModelFace face, ModelSignature? signature, DataSet data)
    {
        var has = data.Fields.Select(f => f.Name).ToHashSet(StringComparer.Ordinal);
        var inputs = Taken(suite, face, signature, data);
        if (!inputs.Ok)
            return inputs.Refusal!;
        var partings = new List<Parting>();
        foreach (var wish in suite.Slices?.By ?? [])
        {
            var parting = Of(wish, data.Fields);
            if (!parting.Ok)
                return parting.Refusal!;
            partings.Add(parting.Value);
        }
        var all = inputs.Value.Concat(suite.Data.Columns.Where(c => c.Length > 0)).Concat(partings.SelectMany(p => p.Columns)).Distinct().ToList();
        var missing = all.Where(c => !has.Contains(c)).ToList();
        if (missing.Count > 0)
            return MeasureRefusals.Columns(suite.Data.Uri, missing, has);
        return new Plan(inputs.Value, NumbersOf(inputs.Value, signature, face, data), [.. inputs.Value, .. suite.Data.Time is { } time && !inputs.Value.Contains(time) ? [time] : Array.Empty<string>()], all, partings);
    }

    static Result<IReadOnlyList<string>> Taken(EvaluationSuite suite, ModelFace face, ModelSignature? signature, DataSet data)
    {
        // What others judged is found by the entity; no model is asked.
        if (suite.Task == EvaluationTask.Generation)
            return Result([suite.Data.Entity!]);
        var has = data.Fields.Select(f => f.Name).ToHashSet(StringComparer.Ordinal);
        // An optional column that the data lacks is missing in each row; binding says what else is wrong, with the model's own words.
        if (signature is { Inputs.Count: > 0 })
            return Result(signature.Inputs.Where(c => c.Required || has.Contains(c.Name)).Select(c => c.Name));
        if (face.Inputs.Count > 0 && face.Inputs.All(p => has.Contains(p.Name)))
            return Result(face.Inputs.Select(p => p.Name));
        // An endpoint may say nothing of its inputs; then it is asked with all that the suite gives no other meaning.
        return face.Inputs.Count == 0 ? Result(data.Fields.Select(f => f.Name).Where(c => !suite.Data.Columns.Contains(c))) : MeasureRefusals.NoOrder(suite.Data.Uri);
        static Result<IReadOnlyList<string>> Result(IEnumerable<string> names) => names.ToList();
    }

    static Result<Parting> Of(SliceWish wish, IReadOnlyList<DataField> fields) => wish switch
    {
        WhereSlice where => ConditionParting.Of(where, fields).Map(p => (Parting)p),
        CrossSlices cross => new ValueParting(cross.Parts),
        _ => new ValueParting([wish]),
    };

    static HashSet<string> NumbersOf(IReadOnlyList<string> inputs, ModelSignature? signature, ModelFace face, DataSet data)
    {
        var types = signature?.Inputs.ToDictionary(c => c.Name, c => c.Type, StringComparer.Ordinal) ?? [];
        bool Number(string column) => types.TryGetValue(column, out var type) ? !TextTypes.Contains(type)
            : face.Inputs.FirstOrDefault(p => p.Name == column) is { } port ? port.Kind != TensorKind.Text
            : data.Fields.Any(f => f.Name == column && f.Kind != DataKind.Text);
        return inputs.Where(Number).ToHashSet(StringComparer.Ordinal);
    }
}
