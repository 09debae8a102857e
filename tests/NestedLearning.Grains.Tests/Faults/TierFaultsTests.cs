using NestedLearning.Tiers;

namespace NestedLearning.Grains.Tests.Faults;

public sealed class TierFaultsTests
{
    [Fact]
    public void ToError_LostLease_IsTheSameError()
    {
        LeaseLostException lost = new("shard 3, worker 1, lease 9");

        LeaseLostException error = Assert.IsType<LeaseLostException>(TierFaults.ToError(TierFaults.ToFault(lost)));

        Assert.Equal((lost.Place, lost.Message), (error.Place, error.Message));
    }
}
