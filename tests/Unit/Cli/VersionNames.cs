using Assay.Client.Api;

namespace Assay.Tests.Unit.Cli;

public sealed class VersionNames
{
    static readonly string Hex = new('a', 64);

    [Theory]
    [InlineData("fraud/3", "fraud", "3"), InlineData("a/b/12", "a/b", "12")]
    [InlineData("fraud@sha256:abcdefabcdef", "fraud", "sha256:abcdefabcdef"), InlineData("sha256:abcdefabcdef", null, "sha256:abcdefabcdef")]
    public void The_three_forms_are_read(string text, string? model, string key) => VersionName.Parse(text).ShouldBe(new(model, key));

    [Fact]
    public void A_whole_digest_needs_no_prefix() => VersionName.Parse($"fraud@{Hex}").ShouldBe(new("fraud", "sha256:" + Hex));

    [Theory]
    [InlineData("fraud"), InlineData("fraud/x"), InlineData("fraud/0"), InlineData("fraud@latest"), InlineData("sha256:abc"), InlineData("@sha256:abcdefabcdef"), InlineData("")]
    public void Anything_else_names_no_version(string text) => VersionName.Parse(text).ShouldBeNull();
}
