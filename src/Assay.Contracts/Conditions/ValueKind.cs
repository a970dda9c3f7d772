namespace Assay.Contracts.Conditions;

/// <summary>What kind of value a name of a condition stands for.</summary>
public enum ValueKind
{
    /// <summary>A number, binary64.</summary>
    Number,
    /// <summary>A text, compared character by character.</summary>
    Text,
    /// <summary>True or false.</summary>
    Truth,
    /// <summary>A moment; in a scope it is seconds since 1970-01-01T00:00:00Z (<see cref="Moments"/>).</summary>
    Time,
    /// <summary>A length of time; in a scope it is seconds.</summary>
    Duration,
    /// <summary>A list of numbers.</summary>
    Numbers,
    /// <summary>A list of texts.</summary>
    Texts,
}
