using System.CommandLine;
using System.Text.Json.Nodes;
using Assay.Cli.Surface;
using Assay.Client.Api;
using Assay.Client.Pulling;
using Assay.Client.Verification;
using Assay.Contracts.Documents;

namespace Assay.Cli.Verbs;

/// <summary>Verifies a pulled folder offline.</summary>
internal static class VerifyVerb
{
    public static Verb Build()
    {
        var folder = new Argument<string>("what") { Description = "A folder that assay pull wrote, or a version to download and verify.", HelpName = "DIR|VERSION" };
        var environment = Arguments.Environment();
        var slot = Arguments.Slot();
        var model = new Option<string?>("--model") { Description = "The model that it must be.", HelpName = "M" };
        var bundle = new Option<string?>("--bundle") { Description = "Another bundle than DIR/assay/bundle.json.", HelpName = "FILE" };
        var trust = TrustChoice.Option();
        var age = new Option<string?>("--max-age") { Description = "The oldest signed head of the ledger to believe, such as 7d.", HelpName = "TIME" };
        return new Verb("verify", "Verifies a pulled folder without asking anybody, or a version: bytes, signatures, approval for the environment and slot, time, the ledger's proof. Exit 1 when anything fails.",
            "assay verify ./model --env production",
            "assay verify ./model --env production --trust registry-keys.json --max-age 7d")
        { folder, environment, slot, model, bundle, trust, age }.Runs(async (call, ct) =>
        {
            var what = call.Require(folder);
            var expected = new Expectation(call.Get(model), null, call.Require(environment), call.Require(slot), Age(call.Get(age)));
            var report = !Directory.Exists(what) && VersionName.Parse(what) is not null
                ? await Downloaded(call, what, expected, call.Get(trust), ct)
                : await OnDisk(what, call.Get(bundle) ?? Path.Combine(what, "assay", "bundle.json"), expected, call.Get(trust), ct);
            call.Out.Document(new JsonObject { ["ok"] = report.Ok, ["model"] = report.Model, ["digest"] = report.Digest?.ToString(), ["checks"] = ReportText.Checks(report) });
            ReportText.Print(call.Out, report);
            return report.Ok ? ExitCode.Done : ExitCode.Negative;
        });
    }

    static async Task<VerificationReport> OnDisk(string folder, string file, Expectation expected, string? trust, CancellationToken ct)
    {
        var bundle = await Read(file, ct);
        return await Verifier.Verify(folder, bundle, expected, TrustChoice.Offline(bundle, trust), TimeProvider.System.GetUtcNow(), ct);
    }

    static async Task<VerificationReport> Downloaded(Call call, string version, Expectation expected, string? trust, CancellationToken ct)
    {
        var (model, key) = await call.Resolve(version, ct);
        var scratch = Directory.CreateTempSubdirectory("assay-verify-").FullName;
        try
        {
            var download = new VersionDownload(call.Api);
            var bundle = await download.Bundle(model, key, expected.Environment, expected.Slot, ct);
            await download.Write(bundle, Path.Combine(scratch, "version"), ct);
            return TrustChoice.Of(call, bundle, trust) is { } trusted
                ? await Verifier.Verify(Path.Combine(scratch, "version"), bundle, expected with { Model = model }, trusted, TimeProvider.System.GetUtcNow(), ct)
                : new(bundle.Digest, model, [new("trust", false, "the registry is not trusted")]);
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }

    static TimeSpan? Age(string? text) => text is null ? null : Durations.TryParse(text, out var age) ? age : throw new WrongUseException($"--max-age {text} is no duration.", "Give one such as 7d or 12h.", "max-age");

    static async Task<Bundle> Read(string file, CancellationToken ct)
    {
        try
        {
            return Bundle.Read(System.Text.Encoding.UTF8.GetBytes(await Arguments.ReadFile(file, "bundle", ct)));
        }
        catch (FormatException e)
        {
            throw new WrongUseException($"{file}: {e.Message}.", "Give a folder that assay pull wrote, or its bundle with --bundle FILE.");
        }
    }
}
