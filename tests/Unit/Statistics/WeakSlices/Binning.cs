using Assay.Statistics.WeakSlices;
using CsCheck;

namespace Assay.Tests.Unit.Statistics.WeakSlices;

public sealed class Binning
{
    [Fact]
    public void A_hundred_different_numbers_make_ten_bins_of_ten()
    {
        var bins = NumberBins.Deciles(Enumerable.Range(1, 100).Select(i => (double)i));
        bins.Edges.ShouldBe([11, 21, 31, 41, 51, 61, 71, 81, 91]);
        bins.Labels.ShouldBe(["< 11", "[11, 21)", "[21, 31)", "[31, 41)", "[41, 51)", "[51, 61)", "[61, 71)", "[71, 81)", "[81, 91)", ">= 91", "null"]);
        (bins.Of(-1e300), bins.Of(10.99), bins.Of(11), bins.Of(double.PositiveInfinity), bins.Of(double.NaN)).ShouldBe(((byte)0, (byte)0, (byte)1, (byte)9, (byte)10));
    }

    [Fact]
    public void A_value_that_is_a_tenth_of_all_stands_alone()
    {
        var bins = NumberBins.Deciles(Enumerable.Range(-20, 20).Concat(Enumerable.Repeat(0, 900)).Concat(Enumerable.Range(1, 80)).Select(i => (double)i));
        bins.Edges.ShouldBe([0, 1]);
    }

    [Fact]
    public void Few_different_values_each_have_a_bin()
    {
        NumberBins.Deciles(Enumerable.Repeat(0.0, 990).Concat(Enumerable.Repeat(1.0, 10))).Edges.ShouldBe([1]);
        NumberBins.Deciles([3, 3, double.NaN]).Labels.ShouldBe(["any number", "null"]);
        NumberBins.Deciles([]).Of(5).ShouldBe((byte)0);
    }

    [Fact]
    public void Of_different_numbers_each_bin_but_the_last_holds_a_tenth() => Gen.Double[0, 1].Array[400, 900].Select(all => all.Distinct().ToArray()).Where(different => different.Length > 20).Sample(sample =>
    {
        var bins = NumberBins.Deciles(sample);
        var counts = sample.GroupBy(bins.Of).ToDictionary(group => group.Key, group => group.Count());
        bins.Labels.Count.ShouldBeLessThanOrEqualTo(12);
        for (byte bin = 0; bin < bins.Edges.Count; bin++)
            counts[bin].ShouldBeInRange(sample.Length / 10, (sample.Length / 10) + 1);
    }, iter: 200);

    [Fact]
    public void The_most_frequent_texts_have_bins_and_the_rest_share_one()
    {
        var bins = new TextBins(Enumerable.Range(0, 100).Select(i => KeyValuePair.Create($"t{i:00}", i < 70 ? 5L : 1L)).Append(KeyValuePair.Create("often", 99L)));
        bins.Labels.Count.ShouldBe(65);
        bins.Labels.Take(2).ShouldBe(["often", "t00"]);
        bins.Labels.Skip(63).ShouldBe(["(others)", "null"]);
        (bins.Of("often"), bins.Of("t61"), bins.Of("t62"), bins.Of("never"), bins.Of(null)).ShouldBe(((byte)0, (byte)62, (byte)63, (byte)63, (byte)64));
    }
}
