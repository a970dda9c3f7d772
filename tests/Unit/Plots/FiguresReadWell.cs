using Assay.Plots;

namespace Assay.Tests.Unit.Plots;

public sealed class FiguresReadWell
{
    [Theory]
    [InlineData(0.94312, double.NaN, "0.9431")]
    [InlineData(-0.0005, double.NaN, "−0.0005")]
    [InlineData(118204, double.NaN, "118 204")]
    [InlineData(0.9431234, 0.0057, "0.9431")]
    [InlineData(0.677, 0.313, "0.68")]
    [InlineData(1.5e-7, double.NaN, "1.5e−7")]
    [InlineData(double.NaN, double.NaN, "NaN")]
    [InlineData(double.NegativeInfinity, double.NaN, "−∞")]
    [InlineData(0, double.NaN, "0")]
    [InlineData(31.25, double.NaN, "31.25")]
    public void A_value(double value, double width, string text) => Figures.Of(value, width).Replace('\u202f', ' ').ShouldBe(text);

    [Theory]
    [InlineData(0.923, "92.3 %")]
    [InlineData(1, "100 %")]
    [InlineData(0.99999, "> 99.9 %")]
    [InlineData(0.00001, "< 0.1 %")]
    [InlineData(0, "0 %")]
    public void A_share_that_is_not_all_never_reads_as_all(double share, string text) => Figures.Percent(share).Replace('\u202f', ' ').ShouldBe(text);

    [Theory]
    [InlineData(612, "612 B")]
    [InlineData(1400, "1.4 kB")]
    [InlineData(6_700_000, "6.7 MB")]
    public void A_size(long bytes, string text) => Figures.Bytes(bytes).Replace('\u202f', ' ').ShouldBe(text);

    [Fact]
    public void At_most_five_ticks_at_round_numbers()
    {
        Ticks.Of(new Scale(0.7811, 0.9431)).Select(tick => tick.Text).ShouldBe(["0.80", "0.85", "0.90"]);
        Ticks.Of(new Scale(-3, 1042)).Count.ShouldBeInRange(2, 5);
    }
}
