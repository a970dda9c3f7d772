namespace Assay.Contracts.Conditions;

/// <summary>The operators between two parts, by how strongly they bind: CEL's order, weakest first. Those of one level are read from the left.</summary>
static class Operators
{
    public static IReadOnlyList<string[]> Levels { get; } = [["||"], ["&&"], ["==", "!=", "<", "<=", ">", ">=", "in"], ["+", "-"], ["*", "/", "%"]];

    /// <summary>The level of an operator, from 0.</summary>
    public static int Level(string sign) => Levels.TakeWhile(level => !level.Contains(sign)).Count();
}
