using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using Assay.Contracts.Wire;

namespace Assay.Tests.Unit.Docs;

/// <summary>What the docs say of MLflow's wire is held by tests that are there, and by the table that the code itself asks.</summary>
public sealed partial class CompatibilityStatement
{
    const int Lines = 120;
    static readonly string Docs = Path.Combine(Repository.Root, "docs");

    [Fact]
    public void Every_line_of_the_checklist_is_there_once_and_names_a_test()
    {
        var rows = Row().Matches(File.ReadAllText(Path.Combine(Docs, "mlflow-compatibility.md")));
        rows.Select(r => int.Parse(r.Groups[1].ValueSpan)).ShouldBe(Enumerable.Range(1, Lines));
    }

    [Fact]
    public void Only_tests_that_exist_are_named()
    {
        var tests = typeof(CompatibilityStatement).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Where(m => m.GetCustomAttributes().Any(a => a is Xunit.v3.IFactAttribute)).Select(m => $"{type.Name}.{m.Name}")).ToHashSet();
        var named = Named().Matches(File.ReadAllText(Path.Combine(Docs, "mlflow-compatibility.md"))).Select(m => m.Groups[1].Value).Distinct().ToList();
        named.Count.ShouldBeGreaterThan(60);
        named.Where(name => !tests.Contains(name)).ShouldBeEmpty();
    }

    /// <summary>ASSAY_UPDATE=1 writes it anew.</summary>
    [Fact]
    public void The_table_of_limits_is_the_one_that_the_code_asks()
    {
        var text = new StringBuilder("""
            # Limits

            How much may be sent over MLflow's wire. Written from `Assay.Contracts.Wire.WireLimits`, the one table that the code asks too (`ASSAY_UPDATE=1 ./test --filter-class "*CompatibilityStatement"` writes this file); a test tries each one at its edge, on both engines. Each is checked before work is done for what it limits. Over one: 400 `INVALID_PARAMETER_VALUE` with the field, the value, the rule and what to do (`over-limit`); a list is not read when it is too long.

            | what | at most | where | MLflow's own |
            | --- | --- | --- | --- |

            """);
        foreach (var limit in WireLimits.All)
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"| {limit.What} | {limit.Most.ToString("#,0", System.Globalization.CultureInfo.InvariantCulture).Replace(',', ' ')} {limit.Unit} | {limit.Where} | {limit.Mlflow} |\n");
        text.Append("""

            An upload to `mlflow-artifacts` has no limit but the store's room. A request whose headers or address the web server itself cannot take is 414 or 431, without JSON. A client that sends less than 240 bytes per second for more than 5 seconds is cut off.

            Keys are letters, digits and `_ - . : /` and blanks, and normal relative paths; names of models have none of `/ : @`, those of logged models none of `/ : . % " '`; aliases are letters, digits, `_` and `-`. A text with a NUL character or half a surrogate pair is refused everywhere.
            """);
        var file = Path.Combine(Docs, "limits.md");
        if (Environment.GetEnvironmentVariable("ASSAY_UPDATE") == "1")
            File.WriteAllText(file, text.ToString() + "\n");
        File.ReadAllText(file).ShouldBe(text.ToString() + "\n", "the limits have changed: run ASSAY_UPDATE=1 ./test --filter-class \"*CompatibilityStatement\" and commit docs/limits.md");
    }

    [GeneratedRegex(@"^\| (\d+) \| [^|]+ \| `\w+\.\w+` \| [^|]*\|$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"`([A-Z]\w+\.[A-Z]\w*_\w+)`")]
    private static partial Regex Named();
}
