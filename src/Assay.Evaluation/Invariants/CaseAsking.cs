using Assay.Contracts;
using Assay.Evaluation.Inputs;
using Assay.Evaluation.Models;
using Assay.Evaluation.Runners;
using Assay.Evaluation.Suites;

namespace Assay.Evaluation.Invariants;

/// <summary>Asks a model everything that the expectations of one case need to see.</summary>
internal sealed class CaseAsking(InvariantCase one, IRunner runner, Result<IRunner>? champion, TimeProvider clock)
{
    /// <summary>The answers, once for each repetition; ends at the first that is none, because a model that fails once has failed.</summary>
    public async Task<IReadOnlyList<Round>> Rounds(CancellationToken ct)
    {
        var rounds = new List<Round>();
        var times = Math.Max(one.Repeat, one.Expectations.Select(e => e.Repeats).DefaultIfEmpty(1).Max());
        for (var warming = 0; warming < one.Warmup; warming++)
            if (await Ask(ct) is { } round && round.Answers.Any(a => !a.Outputs.Ok))
                return [round];
        while (rounds.Count < times && !(rounds is [.., var last] && last.Answers.Any(a => !a.Outputs.Ok)))
            rounds.Add(await Ask(ct));
        var first = rounds[0];
        if (first.Answers.All(a => a.Outputs.Ok))
            rounds[0] = first with { Batched = await Batches(first, ct), Champion = one.Expectations.Any(e => e.NeedsChampion) ? await Champion(ct) : null };
        return rounds;
    }

    async Task<Round> Ask(CancellationToken ct)
    {
        var original = one.Base is null ? null : await Ask(one.Base, runner, ct);
        var answers = new List<Answer>();
        foreach (var question in one.Questions)
        {
            answers.Add(await Ask(question, runner, ct));
            if (runner.Dead)
                break; // a model that hangs or dies does so once in a case, not once for each variation
        }
        return new(answers, original, one.Varied);
    }

    async Task<Answer> Ask(Question question, IRunner whom, CancellationToken ct)
    {
        var asked = clock.GetTimestamp();
        var outputs = question.Input.Ok ? await whom.Score(question.Input.Value, one.Timeout, ct) : (Result<IReadOnlyList<Tensor>>)question.Input.Refusal!;
        return new(question, outputs, whom.Face, one) { Took = clock.GetElapsedTime(asked) };
    }

    async Task<IReadOnlyList<Batched>> Batches(Round first, CancellationToken ct)
    {
        var batched = new List<Batched>();
        foreach (var size in one.Expectations.SelectMany(e => e.Batches).Distinct().Order())
            foreach (var whole in first.Answers)
                batched.Add(new(size, whole, await Parts(whole.Question, size, ct)));
        return batched;
    }

    async Task<IReadOnlyList<Answer>> Parts(Question question, int size, CancellationToken ct)
    {
        var input = question.Input.Value;
        if (input.Rows < size)
            input = input.Repeated((size - 1) / input.Rows).Slice(0, size);
        var parts = new List<Answer>();
        for (var at = 0; at < input.Rows && !runner.Dead; at += size)
            parts.Add(await Ask(question with { Input = input.Slice(at, Math.Min(size, input.Rows - at)) }, runner, ct));
        return parts;
    }

    async Task<Result<IReadOnlyList<Answer>>?> Champion(CancellationToken ct)
    {
        if (champion is not { } other)
            return null;
        if (!other.Ok)
            return (Result<IReadOnlyList<Answer>>)other.Refusal!;
        var answers = new List<Answer>();
        foreach (var question in one.Questions)
            answers.Add(await Ask(question, other.Value, ct));
        return (Result<IReadOnlyList<Answer>>)answers;
    }
}
