using System.Text;
using Assay.Contracts;
using Assay.Evaluation.Invariants;
using Assay.Evaluation.Models;
using Assay.Evaluation.Runners;
using Assay.Evaluation.Runners.Onnx;
using Assay.Evaluation.Suites;

namespace Assay.Evaluation.FirstSuites;

/// <summary>
/// Writes a first suite for a model from its logged input example, its signature and its own answers, for a person to review. What it proposes is tried
/// on the model at once, and what does not hold stands in it as a comment: the suite passes on the model that it was made of.
/// </summary>
public sealed class FirstSuite(TimeProvider clock)
{
    /// <summary>The suite's YAML. The same model and the same names give the same bytes, if the model gives the same answers.</summary>
    /// <param name="folder">The model's folder, with its MLmodel and its ONNX file.</param>
    /// <param name="model">The model's name.</param>
    /// <param name="subject">What the suite was made of, for its first line, such as <c>fraud@sha256:…</c>.</param>
    /// <param name="options">What the model may use while it is asked, and the program to start for it.</param>
    /// <param name="ct">Cancels it.</param>
    public async Task<Result<string>> Write(string folder, string model, string subject, EvaluationOptions options, CancellationToken ct)
    {
        var files = ModelFolder.Open(folder);
        if (!files.Ok)
            return files.Refusal!;
        var opened = await OnnxRunner.Open(files.Value, options.Limits, options.Worker, clock, ct);
        if (!opened.Ok)
            return opened.Refusal!;
        await using var runner = opened.Value;
        var notes = new List<string>();
        var found = LoggedExample.Read(files.Value);
        if (found is { Ok: true, Value: { } example })
        {
            var rows = new AskedRows(example.Input, runner.Face, runner.Signature);
            var answer = await FirstAnswer.Of(rows, runner, ct);
            if (answer.Ok)
            {
                if (rows.Input.Rows < example.Input.Rows)
                    notes.Add($"these are the first {rows.Input.Rows} of the {example.Input.Rows} rows of {example.File}. Are they the ones that matter?");
                return await Tried(new(rows, answer.Value, logged: true), new(model, subject, notes, answer.Value.Wish), runner, ct);
            }
            notes.Add($"the model does not answer to its own example {example.File}: {answer.Refusal!.Message} The rows below are made up.");
        }
        else
            notes.Add(found.Refusal is { } why ? $"{why.Message} The rows below are made up."
                : "the model was logged without an input example, so the rows below are made up from the types of its inputs. Log it with input_example=X[:5] to have real ones.");
        var made = new AskedRows(MadeRows.Of(runner.Face, runner.Signature), runner.Face, runner.Signature);
        var first = await FirstAnswer.Of(made, runner, ct);
        return first.Ok ? await Tried(new(made, first.Value, logged: false), new(model, subject, notes, first.Value.Wish), runner, ct)
            : FirstSuiteRefusals.NoAnswer(found is { Ok: true, Value: { } file } ? $"its example {file.File}, nor to rows made from the types of its inputs" : "rows made from the types of its inputs", first.Refusal!);
    }

    /// <summary>Asks the model every case and keeps what holds.</summary>
    async Task<Result<string>> Tried(FirstCases proposed, SuiteText text, OnnxRunner runner, CancellationToken ct)
    {
        var cases = proposed.All();
        var suite = Parsed(text.With(cases, (_, _) => null));
        if (!suite.Ok)
            return suite.Refusal!;
        var probes = await InvariantRun.Of(suite.Value, runner, null, clock, null, ct);
        var broken = probes.Where(p => !p.Finding.Ok).ToDictionary(p => (p.Case.Name, p.Number), p => p.Finding.Reason ?? p.Finding.Error ?? "");
        if (broken.Count == 0)
            return text.With(cases, (_, _) => null);
        if (Enumerable.Range(1, cases[0].Expect.Count).All(number => broken.ContainsKey((cases[0].Name, number))))
            return FirstSuiteRefusals.NothingHolds(broken[(cases[0].Name, 1)]);
        // A model that answers otherwise each time would have other reasons each time, too.
        var steady = broken.Keys.All(key => key.Name != "same-answer-again");
        return text.With(cases, (one, expectation) => broken.TryGetValue((one.Name, one.Expect.ToList().IndexOf(expectation) + 1), out var reason)
            ? steady ? $"Seen: {reason}" : "The model answers otherwise each time." : null);
    }

    static Result<InvariantSuite> Parsed(string yaml)
    {
        var bytes = Encoding.UTF8.GetBytes(yaml);
        if (bytes.Length > SuiteFile.Largest)
            return FirstSuiteRefusals.TooLarge();
        return SuiteFile.Parse(bytes, Path.GetFullPath("first-suite.yaml")).Map(suite => (InvariantSuite)suite);
    }
}
