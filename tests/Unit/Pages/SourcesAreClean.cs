using System.Text.RegularExpressions;
using Assay.Server.Pages.Layout;

namespace Assay.Tests.Unit.Pages;

/// <summary>Pages run under <c>default-src 'self'</c>: no inline style or script can be in their source.</summary>
public sealed partial class SourcesAreClean
{
    static readonly string Folder = Path.Combine(Repository.Root, "src", "Assay.Server", "Pages");

    [Fact]
    public void No_page_has_an_inline_style_an_inline_script_or_a_foreign_address()
    {
        var razor = Directory.GetFiles(Folder, "*.razor", SearchOption.AllDirectories);
        razor.Length.ShouldBeGreaterThan(20);
        foreach (var file in razor)
            Inline().Matches(File.ReadAllText(file)).Select(match => match.Value).ShouldBeEmpty(file);
    }

    [Fact]
    public void Only_plots_and_the_mark_of_a_digest_enter_a_page_without_encoding()
    {
        foreach (var file in Directory.GetFiles(Folder, "*.razor", SearchOption.AllDirectories))
            foreach (Match raw in Raw().Matches(File.ReadAllText(file)))
                raw.Groups[1].Value.ShouldContain(".Draw(", customMessage: file);
    }

    [Fact]
    public void The_style_sheet_stays_small()
    {
        Asset.Style.Bytes.Length.ShouldBeLessThan(25_000);
        Asset.Style.Bytes.Length.ShouldBeGreaterThan(10_000);
        Asset.Style.Compressed.Length.ShouldBeLessThan(8_000);
    }

    [GeneratedRegex(@"\sstyle=|<style|<script(?! src=""@Asset)|\son[a-z]+=|(?:src|href|action)=""(?:https?:)?//")]
    private static partial Regex Inline();

    [GeneratedRegex(@"\(MarkupString\)([^<]*)")]
    private static partial Regex Raw();
}
