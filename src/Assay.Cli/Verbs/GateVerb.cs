using System.Text.Json.Nodes;
using Assay.Cli.Surface;
using Assay.Client.Api;

namespace Assay.Cli.Verbs;

/// <summary>Asks for the verdict about a version for an environment.</summary>
internal static class GateVerb
{
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    public static Verb Build()
    {
        var version = Arguments.Version();
        var environment = Arguments.Environment();
        var slot = Arguments.Slot();
        var wait = Arguments.Wait("Ask again while it is inconclusive.");
        return new Verb("gate", "Judges a version by the policy of an environment: each rule with what was wanted, what was seen, and the mend. Exit 0 passed, 1 failed, 3 inconclusive.",
            "assay gate fraud@sha256:4f2a… --env production",
            "assay gate fraud/3 --env production --wait=10m --json")
        { version, environment, slot, wait }.Runs((call, ct) => Run(call, call.Require(version), call.Require(environment), call.Require(slot), call.Get(wait), ct));
    }

    static async Task<int> Run(Call call, string version, string environment, string slot, TimeSpan? wait, CancellationToken ct)
    {
        var (model, key) = await call.Resolve(version, ct);
        var path = ApiPath.Of("models", model, "versions", key, "gate");
        JsonObject Body() => new() { ["environment"] = environment, ["slot"] = slot };
        var clock = TimeProvider.System;
        var began = clock.GetTimestamp();
        var verdict = await call.Api.Post(path, Body(), ct);
        while (verdict.Text("verdict") == "inconclusive" && wait is { } longest && clock.GetElapsedTime(began) < longest)
        {
            await Task.Delay(Pause, clock, ct);
            verdict = await call.Api.Post(path, Body(), ct);
        }
        call.Out.Document(verdict);
        if (!call.Out.Json)
            VerdictTable.Print(call.Out, verdict);
        return Decisions.OfVerdict(verdict.Text("verdict"));
    }
}
