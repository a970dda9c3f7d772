using System.Text;
using Assay.Evaluation.Runners;

namespace Assay.Evaluation.FirstSuites;

/// <summary>A first suite as YAML: the same cases give the same bytes.</summary>
/// <param name="Model">The model's name.</param>
/// <param name="Subject">What it was made of, for the first line, such as <c>fraud@sha256:…</c>.</param>
/// <param name="Notes">What a person should know beforehand, such as why the rows were made up.</param>
/// <param name="Wish">The output to look at.</param>
internal sealed record SuiteText(string Model, string Subject, IReadOnlyList<string> Notes, OutputWish Wish)
{
    /// <summary>The text with the expectations that hold; what does not is named in a comment. <paramref name="reasons"/> has nothing for what holds.</summary>
    public string With(IReadOnlyList<ProposedCase> cases, Func<ProposedCase, ProposedExpectation, string?> reasons)
    {
        var text = new StringBuilder();
        void Line(string line = "") => text.Append(line).Append('\n');
        Line($"# A first suite of invariants, written by assay suite init from {YamlValues.OneLine(Subject)}.");
        Line("# It says what the model answers today, so it holds, and proves little until a person has looked at it:");
        Line("# 1. Read the lines marked REVIEW, and correct what follows them.");
        Line("# 2. Add the cases that matter: inputs whose answer you know, and what must rise or fall (vary and monotone).");
        Line("# 3. Write reviewed: true.");
        foreach (var note in Notes)
            Line($"# REVIEW: {YamlValues.OneLine(note)}");
        Line("apiVersion: assay/v1");
        Line("kind: InvariantSuite");
        Line($"metadata: {{name: {YamlValues.Quoted($"{Model}-first")}, model: {YamlValues.Quoted(Model)}, reviewed: false}}");
        Line("# REVIEW: numbers a and b are equal when |a - b| <= atol + rtol * |b|. Is that near enough, or too near?");
        Line($"defaults: {{atol: 1.0e-6, rtol: 1.0e-5{(Wish.Tensor is { } tensor ? $", output: {{tensor: {YamlValues.Quoted(tensor)}}}" : "")}}}");
        Line("cases:");
        foreach (var one in cases)
            Case(one, expectation => reasons(one, expectation), Line);
        return text.ToString();
    }

    static void Case(ProposedCase one, Func<ProposedExpectation, string?> reasons, Action<string> line)
    {
        if (one.Expect.All(e => reasons(e) is not null))
        {
            line($"  # REVIEW: {one.Name} is left out, for it does not hold. {one.Why} {YamlValues.OneLine(reasons(one.Expect[0])!)}");
            return;
        }
        line($"  - name: {one.Name}");
        line($"    why: {YamlValues.Quoted(one.Why)}");
        foreach (var asked in one.Asks)
            line($"    {asked}");
        line("    expect:");
        foreach (var expectation in one.Expect)
            if (reasons(expectation) is { } reason)
                line($"      # REVIEW: {expectation.Kind} is left out, for it does not hold. {YamlValues.OneLine(reason)}");
            else
            {
                if (expectation.Review is { } review)
                    line($"      # REVIEW: {review}");
                line($"      - {expectation.Yaml}");
            }
    }
}
