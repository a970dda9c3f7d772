namespace Assay.Evaluation.FirstSuites;

/// <summary>A case that a first suite may have, if it holds.</summary>
/// <param name="Name">Its name, without anything that YAML would take for more than a text.</param>
/// <param name="Why">Why it is there, for people.</param>
/// <param name="Asks">The lines that say what is asked, as they stand under the name.</param>
/// <param name="Expect">What is expected.</param>
internal sealed record ProposedCase(string Name, string Why, IReadOnlyList<string> Asks, params IReadOnlyList<ProposedExpectation> Expect);

/// <summary>An expectation of such a case.</summary>
/// <param name="Yaml">The expectation, on one line.</param>
/// <param name="Review">What a person has to look at; null where there is nothing.</param>
internal sealed record ProposedExpectation(string Yaml, string? Review = null)
{
    /// <summary>Its word.</summary>
    public string Kind => Yaml[..Yaml.IndexOf(':', StringComparison.Ordinal)];
}
