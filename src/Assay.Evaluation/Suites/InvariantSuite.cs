using System.Text.Json.Nodes;
using Assay.Contracts;
using Assay.Evaluation.Inputs;
using Assay.Evaluation.Invariants;
using Assay.Evaluation.Runners;

namespace Assay.Evaluation.Suites;

/// <summary>Cases with expectations (evaluation.md §4).</summary>
/// <param name="Head">Name, model, digest, file.</param>
/// <param name="Warns">Severity <c>warn</c>: a failed case is reported and does not fail the run.</param>
/// <param name="Cases">The cases in the file's order.</param>
public sealed record InvariantSuite(SuiteHead Head, bool Warns, IReadOnlyList<InvariantCase> Cases) : Suite(Head)
{
    /// <summary>Has a person looked at it? A suite that a program wrote says no until somebody has; the evidence repeats it.</summary>
    public bool Reviewed { get; init; } = true;
}

/// <summary>One case: inputs, what to look at, what to expect.</summary>
/// <param name="Name">Its name, unique in the suite.</param>
/// <param name="Why">Why it is there, for people.</param>
/// <param name="Skip">Why it is skipped; null when it is not.</param>
/// <param name="Questions">What the model is asked, in order; each expectation sees all answers.</param>
/// <param name="Base">What the unchanged base asks, for expectations that compare with it.</param>
/// <param name="Varied">The values that <c>vary</c> sets, one for each question.</param>
/// <param name="Wish">Which output is looked at.</param>
/// <param name="Row">The one row that is looked at; null for all.</param>
/// <param name="Timeout">Time for one answer; null for the limits' own.</param>
/// <param name="Repeat">How often it is asked; expectations must hold each time.</param>
/// <param name="Expectations">What must hold.</param>
public sealed record InvariantCase(string Name, string? Why, string? Skip, IReadOnlyList<Question> Questions, Question? Base, IReadOnlyList<Cell> Varied,
    OutputWish Wish, int? Row, TimeSpan? Timeout, int Repeat, IReadOnlyList<IExpectation> Expectations)
{
    /// <summary>How often it is asked before, without looking at the answers: for <c>latency</c>.</summary>
    public int Warmup { get; init; }
}

/// <summary>One input of a case.</summary>
/// <param name="Label">What it is called in messages, such as <c>n_tx_1h = 5</c>; empty when the case has one only.</param>
/// <param name="Input">The input, or why it cannot be given.</param>
/// <param name="Source">The input as the suite has it: its digest identifies what was asked.</param>
/// <param name="BaseRows">The rows of the base that it repeats: <c>duplicate_row</c> asks for each more than once.</param>
public sealed record Question(string Label, Result<ModelInput> Input, JsonNode Source, int? BaseRows = null);
