using System.Text.Json.Nodes;

namespace Assay.Evaluation.Inputs;

/// <summary>Flattens nested lists of scalars, row-major, and finds their shape.</summary>
internal sealed class NestedLists(List<Cell> cells)
{
    readonly List<int> shape = [];
    int leaf = -1; // the depth at which the scalars lie, once one was met

    /// <summary>The lengths of the lists, outermost first; empty for a scalar.</summary>
    public IReadOnlyList<int> Shape => shape;

    /// <summary>Takes a value; false when lists of one depth differ in length, or hold objects.</summary>
    public bool Take(JsonNode? node, int depth = 0)
    {
        if (node is JsonArray list)
        {
            if (depth == shape.Count && leaf < 0)
                shape.Add(list.Count);
            return depth < shape.Count && shape[depth] == list.Count && list.All(item => Take(item, depth + 1));
        }
        if (leaf < 0)
            leaf = depth;
        if (depth != leaf || depth != shape.Count || Cell.Of(node) is not { } cell)
            return false;
        cells.Add(cell);
        return true;
    }
}
