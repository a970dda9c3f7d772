using System.CommandLine;
using System.Text.Json.Nodes;
using Assay.Cli.Surface;
using Assay.Client.Api;
using Assay.Client.Pulling;
using Assay.Client.Verification;
using Assay.Contracts;

namespace Assay.Cli.Verbs;

/// <summary>Brings what is approved, or a version, into a folder (interfaces §7).</summary>
internal static class PullVerb
{
    public static Verb Build()
    {
        var what = new Argument<string>("what") { Description = "A model (with --env: what is approved there), or a version.", HelpName = "MODEL|VERSION" };
        var environment = new Option<string?>("--env", "-e") { Description = "What is approved for this environment.", HelpName = "ENV" };
        var slot = Arguments.Slot();
        var verify = new Option<bool>("--verify") { Description = "Check every signature, the ledger's proof and the time, and keep nothing that fails." };
        var trust = TrustChoice.Option();
        var folder = new Option<string>("--output", "-o") { Description = "The folder. It must not exist or be empty, and appears whole or not at all.", HelpName = "DIR", Required = true };
        return new Verb("pull", "Downloads what is approved for an environment, or a version. Every byte is checked against the digest; with --verify also that it is approved. Exit 1 when nothing is approved or a check fails.",
            "assay pull fraud --env production --verify -o ./model",
            "assay pull fraud@sha256:4f2a… -o ./model")
        { what, environment, slot, verify, trust, folder }.Runs((call, ct) =>
            Run(call, call.Require(what), call.Get(environment), call.Require(slot), call.Get(verify), call.Get(trust), call.Require(folder), ct));
    }

    static async Task<int> Run(Call call, string what, string? environment, string slot, bool verify, string? trustFile, string folder, CancellationToken ct)
    {
        var (model, key) = environment is null ? await call.Resolve(what, ct) : (what, await Approved(call, what, environment, slot, ct));
        if (key is null)
            return ExitCode.Negative;
        var download = new VersionDownload(call.Api);
        VerificationReport? report = null;
        try
        {
            var bundle = await download.Bundle(model, key, environment, slot, ct);
            var written = await download.WriteWhole(bundle, folder, async beside =>
            {
                if (!verify)
                    return true;
                var expected = new Expectation(model, Digest.TryParse(key, out var digest) ? digest : null, environment, slot);
                report = TrustChoice.Of(call, bundle, trustFile) is { } trust ? await Verifier.Verify(beside, bundle, expected, trust, TimeProvider.System.GetUtcNow(), ct) : new(bundle.Digest, model, [new("trust", false, "the registry is not trusted")]);
                return report.Ok;
            }, ct);
            call.Out.Document(Answer(bundle, folder, written, report));
            if (report is not null)
                ReportText.Print(call.Out, report);
            call.Out.Line(written ? $"{bundle.Model}@{bundle.Digest} is in {folder}{(report is null ? " (bytes checked, signatures not: add --verify)" : "")}" : "Nothing was written.");
            return written ? ExitCode.Done : ExitCode.Negative;
        }
        catch (DamagedDownloadException e)
        {
            call.Out.Refusal(new(RefusalKind.Invalid, "damaged-download", e.Message));
            return ExitCode.Negative;
        }
    }

    static async Task<string?> Approved(Call call, string model, string environment, string slot, CancellationToken ct)
    {
        if (VersionName.Parse(model) is not null)
            throw new WrongUseException($"With --env give a model, not the version '{model}'.", "With --env comes what is approved there; without it the version that you name.", "what");
        var promotions = await call.Api.Get(ApiPath.Of("environments", environment, "models", model, "promotions").With(("slot", slot)), ct);
        if (promotions.Map("current").Text("digest") is { } digest)
            return digest;
        call.Out.Refusal(new(RefusalKind.NotFound, "nothing-approved", $"Nothing of {model} is approved for {environment}/{slot}.", $"See why not: assay gate VERSION --env {environment}; then assay approve VERSION --env {environment}."));
        return null;
    }

    static JsonObject Answer(Bundle bundle, string folder, bool written, VerificationReport? report)
    {
        var answer = new JsonObject { ["model"] = bundle.Model, ["digest"] = bundle.Digest?.ToString(), ["folder"] = written ? Path.GetFullPath(folder) : null, ["written"] = written, ["verified"] = report?.Ok ?? false };
        if (report is not null)
            answer["checks"] = ReportText.Checks(report);
        return answer;
    }
}
