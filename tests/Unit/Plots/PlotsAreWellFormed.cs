using System.Xml.Linq;

using Assay.Plots;

using CsCheck;

namespace Assay.Tests.Unit.Plots;

public sealed class PlotsAreWellFormed
{
    static readonly Gen<double> Anything = Gen.OneOf(Gen.Double, Gen.Double[-10, 10], Gen.OneOf<double>(double.NaN, double.PositiveInfinity, double.NegativeInfinity, 0, double.MaxValue, double.MinValue, double.Epsilon));

    [Fact]
    public void A_line_chart_of_anything_is_XML_and_has_no_number_that_is_none() =>
        Gen.Select(Gen.String, Gen.Select(Gen.Int[0, 50], Anything, (x, y) => new Point(x, y)).Array[0, 300].Array[0, 5]).Sample((name, lines) =>
        {
            var svg = new LineChart(name, name, [.. lines.Select(points => new Series(name, points))]).Draw();
            var plot = XElement.Parse(svg);
            plot.Attribute("role")!.Value.ShouldBe("img");
            foreach (var drawn in plot.Descendants().SelectMany(element => element.Attributes()).Where(attribute => attribute.Name.LocalName is "d" or "x" or "y" or "cx" or "cy" or "x1" or "x2"))
                drawn.Value.ShouldNotContain("NaN");
            svg.ShouldNotContain("style=");
        }, iter: 500);

    [Fact]
    public void An_interval_bar_of_anything_is_XML() =>
        Gen.Select(Gen.String, Anything, Anything.Nullable(), Anything.Nullable(), Anything.Nullable()).Sample((name, point, low, high, wanted) =>
            XElement.Parse(new IntervalBar(point, low, high) { Wanted = wanted, Champion = high }.Draw(name)).ShouldNotBeNull(), iter: 1000);

    [Fact]
    public void A_name_cannot_leave_its_place()
    {
        var svg = new LineChart("a", "</title><script>alert(1)</script>", [new("\"><b>", [new(0, 1), new(1, 2)])]).Draw();
        svg.ShouldNotContain("<script");
        svg.ShouldNotContain("<b>");
    }

    [Fact]
    public void What_is_no_number_is_marked_on_the_edge_and_said()
    {
        var chart = new LineChart("g", "grad_norm", [new("grad_norm", [new(1, 0.5), new(2, double.NaN), new(3, double.PositiveInfinity), new(4, 0.7), new(5, 0.6)])]);
        XElement.Parse(chart.Draw()).Descendants().Count(element => element.Attribute("class")?.Value == "pt s-bad").ShouldBe(2);
        ChartWords.Caption(chart).ShouldBe("5 points, all drawn; 2 are no number, first NaN at step 2, marked on the edge.");
    }

    [Fact]
    public void A_line_does_not_cross_a_value_that_is_no_number()
    {
        var chart = new LineChart("g", "m", [new("m", [new(1, 1), new(2, 2), new(3, double.NaN), new(4, 3), new(5, 4)])]);
        XElement.Parse(chart.Draw()).Descendants().Single(element => element.Name.LocalName == "path").Attribute("d")!.Value.Count(letter => letter == 'M').ShouldBe(2);
    }

    [Fact]
    public void Points_are_joined_in_order_of_steps_not_of_logging()
    {
        var sorted = new LineChart("g", "m", [new("m", [new(1, 1), new(2, 5), new(3, 2)])]).Draw();
        new LineChart("g", "m", [new("m", [new(3, 2), new(1, 1), new(2, 5)])]).Draw().ShouldBe(sorted);
    }

    [Fact]
    public void The_label_of_an_interval_repeats_every_number() =>
        new IntervalBar(0.9431, 0.9402, 0.9459) { Wanted = 0.93, Champion = 0.9408 }.Label("AUC")
            .ShouldBe("AUC: 0.9431, interval 0.9402 to 0.9459; wanted 0.93; champion 0.9408");
}
