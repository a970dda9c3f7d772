namespace Assay.Client;

/// <summary>How a run ended.</summary>
public enum RunStatus
{
    /// <summary>It did what it should: the only status that can become a version.</summary>
    Finished,
    /// <summary>It broke.</summary>
    Failed,
    /// <summary>Somebody stopped it.</summary>
    Killed,
}
