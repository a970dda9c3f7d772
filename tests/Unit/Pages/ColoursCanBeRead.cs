using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Assay.Server.Pages.Layout;

namespace Assay.Tests.Unit.Pages;

/// <summary>WCAG 2.2 AA over every pair of tokens that meet on a page, in both themes.</summary>
public sealed partial class ColoursCanBeRead
{
    static readonly Dictionary<string, (string Light, string Dark)> Tokens = Token().Matches(Encoding.UTF8.GetString(Asset.Style.Bytes))
        .GroupBy(match => match.Groups[1].Value).ToDictionary(group => group.Key, group => (group.First().Groups[2].Value, group.First().Groups[3].Value));

    public static TheoryData<string, string> TextPairs()
    {
        var pairs = new TheoryData<string, string>();
        foreach (var ground in new[] { "ground", "surface", "sunken" })
            foreach (var ink in new[] { "ink", "ink-2", "link", "ok", "bad", "warn", "info", "waive", "none" })
                pairs.Add(ink, ground);
        foreach (var tone in new[] { "ok", "bad", "warn", "info", "waive", "none" })
        {
            pairs.Add(tone, tone + "-bg");
            pairs.Add("ink", tone + "-bg");
            pairs.Add("link", tone + "-bg");
        }
        return pairs;
    }

    [Theory, MemberData(nameof(TextPairs))]
    public void Text_has_at_least_4_5_to_1(string ink, string ground) => Lowest(ink, ground).ShouldBeGreaterThanOrEqualTo(4.5);

    [Theory]
    [InlineData("c0"), InlineData("c1"), InlineData("c2"), InlineData("c3"), InlineData("c4"), InlineData("line-strong"), InlineData("focus"), InlineData("brass")]
    public void Marks_and_lines_have_at_least_3_to_1(string mark)
    {
        foreach (var ground in new[] { "ground", "surface" })
            Lowest(mark, ground).ShouldBeGreaterThanOrEqualTo(3);
    }

    static double Lowest(string one, string other) => Math.Min(Contrast(Tokens[one].Light, Tokens[other].Light), Contrast(Tokens[one].Dark, Tokens[other].Dark));

    // WCAG 2.2, relative luminance and contrast ratio.
    static double Contrast(string one, string other)
    {
        double first = Luminance(one), second = Luminance(other);
        return (Math.Max(first, second) + 0.05) / (Math.Min(first, second) + 0.05);
    }

    static double Luminance(string hex)
    {
        double Channel(int at)
        {
            var value = int.Parse(hex.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
            return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
        }
        return 0.2126 * Channel(0) + 0.7152 * Channel(2) + 0.0722 * Channel(4);
    }

    [GeneratedRegex(@"--([a-z0-9-]+): light-dark\(#([0-9a-f]{6}), #([0-9a-f]{6})\)")]
    private static partial Regex Token();
}
