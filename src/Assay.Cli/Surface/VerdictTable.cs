using System.Text.Json.Nodes;
using Assay.Client.Api;

namespace Assay.Cli.Surface;

/// <summary>A verdict for people: one block per rule, the mend beneath what did not pass.</summary>
internal static class VerdictTable
{
    public static void Print(Output to, JsonNode verdict)
    {
        to.Line($"{verdict.Text("verdict")?.ToUpperInvariant()}  {verdict.Text("model")}@{verdict.Text("digest")} for {verdict.Text("environment")}/{verdict.Text("slot")}");
        to.Line($"policy {verdict.Text("policy")} ({Words.Short(verdict.Text("policy_digest"))}), verdict {Words.Short(verdict.Text("verdict_digest"))}, holds until {verdict.Text("not_after")}");
        to.Line();
        Rules(to, verdict.Maps("rules"));
        if (verdict.Text("verdict") is "waived")
            to.Line("A failed rule was waived.");
    }

    /// <summary>The rules, each on its line, with reason and mend where it did not pass.</summary>
    public static void Rules(Output to, IReadOnlyList<JsonObject> rules)
    {
        List<IReadOnlyList<string>> rows = [["verdict", "evidence", "wanted", "seen"]];
        rows.AddRange(rules.Select(r => (IReadOnlyList<string>)[Word(r), r.Text("evidence") ?? "–", r.Text("wanted") ?? r.Text("rule") ?? "–", r.Text("seen") ?? "–"]));
        to.Line(Words.Columns(rows));
        foreach (var rule in rules.Where(r => r.Text("verdict") is not "passed"))
        {
            to.Line();
            to.Line($"  {rule.Text("rule")}: {rule.Text("reason")}");
            if (rule.Text("mend") is { } mend)
                to.Line($"    {mend}");
        }
    }

    static string Word(JsonObject rule) => rule.Text("severity") == "warn" ? $"{rule.Text("verdict")} (warns)" : rule.Text("verdict") ?? "–";
}
