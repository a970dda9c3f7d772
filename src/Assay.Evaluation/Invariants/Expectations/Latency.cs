using System.Text.Json.Nodes;
using Assay.Contracts.Documents;

namespace Assay.Evaluation.Invariants.Expectations;

/// <summary>
/// <c>latency: {p50_ms, p99_ms}</c>: quantiles of the time to an answer, over the case's <c>repeat</c> after its <c>warmup</c>. One question at a time,
/// to the scoring process and back, on the machine that evaluates: the only figures of a suite that are not the same each time.
/// </summary>
internal sealed record Latency(double? Median, double? Slowest, JsonNode Expected) : IExpectation
{
    public string Kind => "latency";

    public static IExpectation Read(YamlMap map, JsonNode expected)
    {
        map.Only("p50_ms", "p99_ms");
        double? median = map.Number("p50_ms"), slowest = map.Number("p99_ms");
        if (median is null && slowest is null)
            map.Wrong("p99_ms", "latency wants p50_ms, p99_ms, or both");
        if (median <= 0 || slowest <= 0)
            map.Wrong("p99_ms", "a time is above 0 milliseconds");
        return new Latency(median, slowest, expected);
    }

    public Finding Judge(IReadOnlyList<Round> rounds)
    {
        if (rounds.SelectMany(r => r.Answers).FirstOrDefault(a => !a.Outputs.Ok) is { } missing)
            return Finding.Errored(missing.Outputs.Refusal!.Message);
        double[] times = [.. rounds.SelectMany(r => r.Answers).Select(a => a.Took.TotalMilliseconds).Order()];
        // The quantile of evaluation.md 5.1: the value of rank ceil(nq).
        double At(double share) => Math.Round(times[Math.Max(0, (int)Math.Ceiling((times.Length * share) - 1e-9) - 1)], 3);
        var seen = new JsonObject { ["p50_ms"] = At(0.5), ["p99_ms"] = At(0.99), ["n"] = times.Length };
        if (Median is { } median && At(0.5) > median)
            return Finding.Failed(seen, $"half of {times.Length} answers took longer than {EachAnswer.Said(median)} ms: p50 is {EachAnswer.Said(At(0.5))} ms");
        return Slowest is { } slowest && At(0.99) > slowest
            ? Finding.Failed(seen, $"p99 of {times.Length} answers is {EachAnswer.Said(At(0.99))} ms, wanted at most {EachAnswer.Said(slowest)} ms") : Finding.Passed(seen);
    }
}
