namespace Assay.Evaluation.Models;

/// <summary>One input or output as the model file declares it; −1 is a dimension that may vary.</summary>
public sealed record Port(string Name, TensorKind Kind, int[] Shape);

/// <summary>What a loaded model says about itself.</summary>
/// <param name="Inputs">Its inputs, in the file's order.</param>
/// <param name="Outputs">Its outputs, in the file's order.</param>
/// <param name="Classes">The classes that it tells apart, in the order of its probabilities; empty when it does not say.</param>
public sealed record ModelFace(IReadOnlyList<Port> Inputs, IReadOnlyList<Port> Outputs, IReadOnlyList<string> Classes)
{
    /// <summary>The number of rows that the model insists on, when its first dimension is fixed; null when it takes any number.</summary>
    public int? FixedRows => Inputs.Where(p => p.Shape is [> 0, _, ..]).Select(p => (int?)p.Shape[0]).FirstOrDefault();
}
