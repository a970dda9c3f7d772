namespace Assay.Examples.Credit;

/// <summary>Which day in the life of a model is played.</summary>
public enum Variant
{
    /// <summary>The first model that is worth having.</summary>
    Good,
    /// <summary>A later one, with what was learnt since.</summary>
    Better,
    /// <summary>As the better one, but the export was rewritten: two columns are joined in the wrong order, and nobody compares with the trainer.</summary>
    Broken,
    /// <summary>Trained well and logged carelessly: a metric and the model's bytes, nothing else.</summary>
    Incomplete,
}
