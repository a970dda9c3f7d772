using System.CommandLine;
using System.Globalization;
using Assay.Cli.Surface;
using Assay.Client.Api;

namespace Assay.Cli.Verbs;

/// <summary>The 2am page in a terminal.</summary>
internal static class WhyVerb
{
    public static Verb Build()
    {
        var model = Arguments.Model();
        var environment = Arguments.Environment();
        var slot = Arguments.Slot();
        var at = new Option<string?>("--at") { Description = "As it was at that time, RFC 3339 UTC.", HelpName = "TIME" };
        return new Verb("why", "Says what is live, since when and by whom, whether it is what was approved, what changed since it was last good, what it was made of, and how to go back.",
            "assay why fraud --env production",
            "assay why fraud --env production --at 2026-11-02T02:00Z --json")
        { model, environment, slot, at }.Runs(async (call, ct) =>
        {
            var answer = await call.Api.Get(ApiPath.Of("environments", call.Require(environment), "models", call.Require(model), "why").With(("slot", call.Require(slot)), ("at", Time(call.Get(at)))), ct);
            call.Out.Document(answer);
            if (!call.Out.Json)
                WhyText.Print(call.Out, answer);
            return ExitCode.Done;
        });
    }

    static string? Time(string? text) => text is null ? null
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture)
        : throw new WrongUseException($"--at {text} is no time.", "Write it as 2026-11-02T02:00Z.", "at");
}
