namespace Assay.Contracts.Conditions.Nodes;

/// <summary>A checked part of a condition. It can be asked any number of times, by many threads, and allocates nothing.</summary>
abstract class Node
{
    /// <summary>Is there no value?</summary>
    public abstract bool Missing(IConditionScope scope);
}
