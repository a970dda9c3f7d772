using System.Text.Json.Nodes;

namespace Assay.Evaluation.Invariants;

/// <summary>Something that a model's answers must fulfil. One kind is one class; all stand in <see cref="ExpectationList"/>.</summary>
public interface IExpectation
{
    /// <summary>The word of the suite.</summary>
    string Kind { get; }

    /// <summary>What is expected, as the suite says it: goes into the evidence.</summary>
    JsonNode Expected { get; }

    /// <summary>How often the case must be asked for it.</summary>
    int Repeats => 1;

    /// <summary>The sizes of the batches that the case must also be asked in.</summary>
    IReadOnlyList<int> Batches => [];

    /// <summary>Must the version to compare with be asked too?</summary>
    bool NeedsChampion => false;

    /// <summary>Does it hold? <paramref name="rounds"/> are the answers to all questions, once for each repetition.</summary>
    Finding Judge(IReadOnlyList<Round> rounds);
}

/// <summary>What came of one expectation.</summary>
/// <param name="Ok">Did it hold?</param>
/// <param name="Actual">What was seen; null where nothing was.</param>
/// <param name="Reason">Why it did not hold, for people.</param>
/// <param name="Error">Why it could not be judged: neither passed nor failed.</param>
public sealed record Finding(bool Ok, JsonNode? Actual, string? Reason = null, string? Error = null)
{
    public static Finding Passed(JsonNode? actual) => new(true, actual);

    public static Finding Failed(JsonNode? actual, string reason) => new(false, actual, reason);

    public static Finding Errored(string error) => new(false, null, Error: error);
}
