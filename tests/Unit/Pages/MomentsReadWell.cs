using Assay.Server.Pages.Layout;

namespace Assay.Tests.Unit.Pages;

public sealed class MomentsReadWell
{
    static readonly DateTimeOffset Now = new(2026, 11, 2, 2, 14, 9, TimeSpan.Zero);

    [Theory]
    [InlineData(0.4, "just now")]
    [InlineData(9, "9 s ago")]
    [InlineData(119, "119 s ago")]
    [InlineData(660, "11 min ago")]
    [InlineData(3840, "1 h 4 min ago")]
    [InlineData(579_600, "6 d 17 h ago")]
    [InlineData(-30, "just now")]
    [InlineData(-180, "in 3 min")]
    public void An_age(double seconds, string text) => Moments.Age(Now.AddSeconds(-seconds), Now).ShouldBe(text);

    [Fact]
    public void Another_year_is_written()
    {
        Moments.Text(Now.AddDays(-3), Now).ShouldBe("30 Oct 02:14 UTC");
        Moments.Text(Now.AddYears(-1), Now).ShouldBe("2 Nov 2025 02:14 UTC");
        Moments.Text(new(2026, 11, 2, 4, 14, 9, TimeSpan.FromHours(2)), Now, seconds: true).ShouldBe("2 Nov 02:14:09 UTC");
    }
}
