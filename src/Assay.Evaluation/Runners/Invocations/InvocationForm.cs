namespace Assay.Evaluation.Runners.Invocations;

/// <summary>The four forms of a body that MLflow's <c>/invocations</c> takes.</summary>
public enum InvocationForm
{
    /// <summary>The names of the columns once, then the rows as lists.</summary>
    DataframeSplit,
    /// <summary>The rows as objects.</summary>
    DataframeRecords,
    /// <summary>The rows of tensors.</summary>
    Instances,
    /// <summary>Whole tensors by their names.</summary>
    Inputs,
}
