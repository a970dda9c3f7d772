using Assay.Evaluation.Inputs;
using Assay.Evaluation.Models;

namespace Assay.Evaluation.FirstSuites;

/// <summary>An example cut down to what a suite should hold: a few rows, the model's own columns, names where the signature gives them.</summary>
internal sealed class AskedRows
{
    const int MostRows = 5, MostValues = 2_000;
    readonly ModelFace face;

    public AskedRows(ModelInput example, ModelFace face, ModelSignature? signature)
    {
        this.face = face;
        Signature = signature?.Inputs ?? [];
        var input = Named(example);
        var taken = Signature.Select(c => c.Name).Concat(face.Inputs.Select(p => p.Name)).ToHashSet(StringComparer.Ordinal);
        if (input.Columns.Any(c => c.Name is not null && taken.Contains(c.Name)))
            input = new([.. input.Columns.Where(c => c.Name is not null && taken.Contains(c.Name))]);
        var width = input.Columns.Sum(c => c.Count) / Math.Max(1, input.Rows);
        Input = input.Slice(0, Math.Min(input.Rows, Math.Clamp(MostValues / Math.Max(1, width), 1, MostRows)));
    }

    /// <summary>The rows.</summary>
    public ModelInput Input { get; }

    /// <summary>The columns of the signature; none when it has no names.</summary>
    public IReadOnlyList<SignatureColumn> Signature { get; }

    /// <summary>The first row.</summary>
    public ModelInput FirstRow => Input.Slice(0, 1);

    /// <summary>Does a name say which column is which, whatever their order?</summary>
    public bool OrderIsNamed => Input.Columns.Count > 1 && Input.Columns.All(c => c.Name is not null) && (Signature.Count > 0 || face.Inputs.All(p => Input.Columns.Any(c => c.Name == p.Name)));

    /// <summary>What the model makes of a column; null when it does not take it.</summary>
    public TensorKind? KindOf(InputColumn column) => face.Inputs.FirstOrDefault(p => p.Name == column.Name)?.Kind ?? (face.Inputs is [var only] ? only.Kind : null);

    /// <summary>Columns with a name and one value in each row.</summary>
    public IEnumerable<InputColumn> Scalars => Input.Columns.Where(c => c.Name is not null && c.Shape.Length == 1);

    /// <summary>A table without names is one of the signature's columns, in their order.</summary>
    ModelInput Named(ModelInput example) => example.Columns is [{ Name: null, Shape: [var rows, var width] } table] && width == Signature.Count && face.Inputs.Count == 1
        ? new([.. Signature.Index().Select(c => new InputColumn(c.Item.Name, [rows], [.. Enumerable.Range(0, rows).Select(r => table[(r * width) + c.Index])]))])
        : example;

    /// <summary>An input as the lines of a case.</summary>
    public static IReadOnlyList<string> Lines(ModelInput input)
    {
        var columns = input.Columns;
        if (columns.All(c => c.Name is not null && c.Shape.Length == 1))
            return
            [
                "input:",
                "  dataframe_split:",
                $"    columns: {YamlValues.List(columns.Select(c => YamlValues.Quoted(c.Name!)))}",
                "    data:",
                .. Enumerable.Range(0, input.Rows).Select(r => $"      - {YamlValues.List(columns.Select(c => YamlValues.Of(c[r])))}"),
            ];
        return columns is [{ Name: null } tensor]
            ? ["input:", "  inputs:", .. Enumerable.Range(0, input.Rows).Select(r => $"    - {YamlValues.Nested(tensor, 1, r * (tensor.Count / input.Rows))}")]
            : ["input:", "  inputs:", .. columns.Select(c => $"    {YamlValues.Quoted(c.Name ?? "")}: {YamlValues.Nested(c, 0, 0)}")];
    }
}
