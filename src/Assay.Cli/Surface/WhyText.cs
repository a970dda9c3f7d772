using System.Text.Json.Nodes;
using Assay.Client.Api;

namespace Assay.Cli.Surface;

/// <summary>The 2am facts for people, in the order in which they are needed (two-am.md): what is live and whether it should be comes first.</summary>
internal static class WhyText
{
    public static void Print(Output to, JsonNode why)
    {
        var now = why.Time("at") ?? default;
        to.Line($"{why.Text("model")} in {why.Text("environment")}/{why.Text("slot")} at {now.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z: {StatusWords.Of(why.Text("status"))}");
        to.Line(why.Text("headline") ?? "");
        Live(to, why, now);
        Approved(to, why, now);
        LastGood(to, why, now);
        foreach (var finding in why.Maps("drift"))
            FindingText.Print(to, finding);
        Difference(to, why);
        Heading(to, "Go back");
        to.Line($"  {why.Map("rollback").Text("command")}");
        if (why.Map("rollback").Text("note") is { } note)
            to.Line($"  {note}");
        Responsible(to, why.Map("responsible"));
        Facts(to, why.Map("run"));
        Timeline(to, why, now);
    }

    static void Live(Output to, JsonNode why, DateTimeOffset now)
    {
        Heading(to, "Live");
        List<IReadOnlyList<string>> rows = [.. why.Maps("observed").Select(o => (IReadOnlyList<string>)
            [Version(o), $"{(o.Number("share") ?? 0) * 100:0.#} %", $"L{o.Whole("level")}", o.Truth("stale") ? "UNKNOWN (stale)" : "seen", $"since {Words.Moment(o.Time("since"), now)}", $"{o.Text("source")}, heard {Words.Age(now - (o.Time("last_heard") ?? now))}"])];
        if (why.Map("reported") is { } report)
            rows.Add([Version(report), $"{(report.Number("share") ?? 0) * 100:0.#} %", "L0", "reported", $"since {Words.Moment(report.Time("at"), now)}", $"by {report.Text("by")}{(report.Truth("verified") ? "" : " (unverified)")}{(report.Text("url") is { } url ? $", {url}" : "")}"]);
        to.Line(rows.Count > 0 ? Words.Columns(rows) : "  Nobody reports or observes anything.");
    }

    static void Approved(Output to, JsonNode why, DateTimeOffset now)
    {
        Heading(to, "Approved");
        if (why.Map("approved") is not { } approved)
        {
            to.Line("  Nothing.");
            return;
        }
        to.Line($"  {Version(approved)} by {approved.Text("kind")}, since {Words.Moment(approved.Time("at"), now)}, by {approved.Text("by")}{(approved.Truth("verified") ? "" : " (unverified)")}");
        to.Line($"  verdict {Words.Short(approved.Text("verdict_digest"))}, holds until {Words.Moment(approved.Time("not_after"), now)}{(approved.Text("reason") is { } reason ? $", reason: {reason}" : "")}");
        foreach (var approval in approved.Maps("approvals"))
            to.Line($"  approved by {approval.Text("by")}{(approval.Truth("verified") ? "" : " (unverified)")} at {Words.Moment(approval.Time("at"), now)}");
    }

    static void LastGood(Output to, JsonNode why, DateTimeOffset now)
    {
        Heading(to, "Last known good");
        to.Line(why.Map("last_good") is { } good ? $"  {Version(good)}, from {Words.Moment(good.Time("from"), now)}{(good.Time("to") is { } end ? $" to {end.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z" : "")}\n  {good.Text("why")}" : "  None: no other version that was approved here is good to go back to.");
    }

    static void Difference(Output to, JsonNode why)
    {
        if (why.Map("difference") is not { } difference)
            return;
        Heading(to, $"Changed from {Words.Short(difference.Text("from"))} (last good) to {Words.Short(difference.Text("to"))}");
        foreach (var group in difference.Maps("groups"))
            foreach (var change in group.Maps("changes"))
                to.Line($"  {group.Text("group")}: {change.Text("name")}  {change.Text("before") ?? "(nothing)"} → {change.Text("after") ?? "(nothing)"}");
        if (difference.Texts("same") is { Count: > 0 } same)
            to.Line($"  the same: {string.Join(", ", same)}");
        if (difference.Text("note") is { } note)
            to.Line($"  {note}");
    }

    static void Responsible(Output to, JsonObject? responsible)
    {
        Heading(to, "Whom to call");
        to.Line($"  owners   {(responsible.Texts("owners") is { Count: > 0 } owners ? string.Join(", ", owners) : "not declared")}");
        to.Line($"  on call  {responsible.Text("on_call") ?? "not declared"}");
        to.Line($"  runbook  {responsible.Text("runbook") ?? "not declared"}");
        if (responsible.Text("mend") is { } mend)
            to.Line($"  {mend}");
    }

    static void Facts(Output to, JsonObject? run)
    {
        if (run is null)
            return;
        Heading(to, $"{Version(run)} was made by run {run.Text("run_id")} ({run.Text("experiment")}, {run.Text("name")}, by {run.Text("user")})");
        to.Line(Words.Columns(run.Maps("facts").Select(f => (IReadOnlyList<string>)[f.Text("group") ?? "", f.Text("name") ?? "", f.Text("value") ?? $"not recorded (a profile with `{f.Text("wanted")}` would have required it)"])));
    }

    static void Timeline(Output to, JsonNode why, DateTimeOffset now)
    {
        Heading(to, "What happened");
        to.Line(Words.Columns(why.Maps("timeline").Select(e => (IReadOnlyList<string>)[Words.Moment(e.Time("at"), now), e.Text("action") ?? "", e.Text("outcome") == "refused" ? "REFUSED" : "", Words.Short(e.Text("digest")), $"{e.Text("by")}{(e.Truth("verified") ? "" : " (unverified)")}", e.Text("text") ?? ""])));
    }

    static string Version(JsonNode of) => $"{Words.Short(of.Text("digest"))}{(of.Whole("version") is { } number ? $" (number {number})" : " (not a version of this registry)")}";

    static void Heading(Output to, string text)
    {
        to.Line();
        to.Line(text);
    }
}
