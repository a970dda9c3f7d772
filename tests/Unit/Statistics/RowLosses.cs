using Assay.Statistics;

namespace Assay.Tests.Unit.Statistics;

public sealed class RowLosses
{
    [Fact]
    public void A_sure_mistake_costs_much_and_not_infinitely()
    {
        Losses.Log(0, true).ShouldBe(34.538776394910684, 1e-9);
        Losses.Log(0.8, true).ShouldBe(0.2231435513142097, 1e-15);
        Losses.Brier(0.8, false).ShouldBe(0.64, 1e-15);
    }
}
