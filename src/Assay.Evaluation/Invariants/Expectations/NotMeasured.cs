using System.Text.Json.Nodes;

namespace Assay.Evaluation.Invariants.Expectations;

/// <summary>An expectation that is known and that this version does not measure: an error, never a pass.</summary>
internal sealed record NotMeasured(string Kind, JsonNode Expected) : IExpectation
{
    public Finding Judge(IReadOnlyList<Round> rounds) => Finding.Errored($"{Kind} is not measured by this version");
}
