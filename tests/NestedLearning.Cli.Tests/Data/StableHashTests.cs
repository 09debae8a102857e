using NestedLearning.Cli.Data;

namespace NestedLearning.Cli.Tests.Data;

public class StableHashTests
{
    [Fact]
    public void Of_SeedOrBoundaryBetweenParts_ChangesIt()
    {
        Assert.Equal(StableHash.Of(1, "ab", "c"), StableHash.Of(1, "ab", "c"));
        Assert.NotEqual(StableHash.Of(1, "ab", "c"), StableHash.Of(2, "ab", "c"));
        Assert.NotEqual(StableHash.Of(1, "ab", "c"), StableHash.Of(1, "a", "bc"));
    }

    [Fact]
    public void Share_ManyKeys_IsUniform()
    {
        double[] shares = [.. Enumerable.Range(0, 20_000).Select(i => StableHash.Share(7, $"key{i}"))];

        Assert.All(shares, share => Assert.InRange(share, 0, 1 - 1e-15));
        Assert.InRange(shares.Average(), 0.49, 0.51);
        Assert.InRange(shares.Count(share => share < 0.1), 1_850, 2_150);
    }
}
