using System.Reflection;
using System.Text.RegularExpressions;
using Assay.Server.Ledger;

namespace Assay.Tests.Unit.Ledger;

/// <summary>What can stand in the ledger is written down, and written once.</summary>
public sealed partial class Vocabulary
{
    static IReadOnlyList<string> Actions => [.. typeof(LedgerActions).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => (string)f.GetRawConstantValue()!)];

    [Fact]
    public void Every_action_is_in_the_documentation_and_nothing_else_is()
    {
        var documented = File.ReadLines(Path.Combine(Repository.Root, "docs", "ledger.md")).Select(l => Row().Match(l)).Where(m => m.Success).Select(m => m.Groups[1].Value).ToList();
        documented.Order().ShouldBe(Actions.Order());
    }

    [Fact]
    public void An_action_is_a_noun_and_a_verb() => Actions.ShouldAllBe(a => Shape().IsMatch(a));

    [Fact]
    public void Every_action_is_recorded_somewhere_and_by_its_name()
    {
        var sources = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src", "Assay.Server"), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains("/obj/", StringComparison.Ordinal) && !f.EndsWith("LedgerActions.cs", StringComparison.Ordinal)).Select(File.ReadAllText).ToList();
        foreach (var field in typeof(LedgerActions).GetFields(BindingFlags.Public | BindingFlags.Static))
            sources.Exists(s => s.Contains($"LedgerActions.{field.Name}", StringComparison.Ordinal)).ShouldBeTrue(field.Name);
        sources.SelectMany(s => Literal().Matches(s).Select(m => m.Value)).ShouldBeEmpty("an action is named by its constant");
    }

    [GeneratedRegex(@"^\| `([a-z_]+\.[a-z_]+)` \|")]
    private static partial Regex Row();

    [GeneratedRegex(@"^[a-z]+\.[a-z]+(_[a-z]+)*$")]
    private static partial Regex Shape();

    [GeneratedRegex("""\.Record(IfRefused|Refusal|Refused)?\([^;]*?,\s*"[a-z]+\.[a-z_]+"\s*,""")]
    private static partial Regex Literal();
}
