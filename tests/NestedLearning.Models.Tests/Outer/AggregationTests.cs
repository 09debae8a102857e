using NestedLearning.Tensors;

namespace NestedLearning.Models.Tests.Outer;

public class AggregationTests
{
    [Fact]
    public void Combine_ClippedToTheMedian_ShortensOnlyWhatIsLonger()
    {
        // Lengths 1, 2, 5 and 1,000; the lower median is 2.
        float[] direction = Combine(new AggregationSettings(ClipToMedian: 1), [1, 0], [0, 2], [3, 4], [-1000, 0]);

        Assert.Equal((1 + 0 + 1.2f - 2) / 4, direction[0], 1e-6f);
        Assert.Equal((0 + 2 + 1.6f + 0) / 4, direction[1], 1e-6f);
    }

    [Fact]
    public void Combine_ClippedToANorm_ShortensWhatIsLonger() =>
        Assert.Equal([0.5f, 0.25f], Combine(new AggregationSettings(MaxNorm: 1), [2, 0], [0.5f, 0], [0, 1024], [0.5f, 0]));

    [Fact]
    public void Combine_Trimmed_LeavesOutBothEndsOfEveryCoordinate() =>
        Assert.Equal([2, 0], Combine(new AggregationSettings(Trim: 0.2), [1, 5], [2, -1], [3, 1], [1e9f, 0], [-1e9f, -1e9f]));

    [Fact]
    public void Combine_TrimmedOfFewSources_IsTheirMean() =>
        Assert.Equal([2, 2], Combine(new AggregationSettings(Trim: 0.2), [1, 1], [3, 3]));

    [Fact]
    public void Combine_SourceThatPointsBackwards_IsLeftOut()
    {
        float[] direction = Combine(new AggregationSettings(ClipToMedian: 1, MinCosine: 0), [3, 1], [3, -1], [2, 0], [-1e6f, 0]);

        Assert.Equal(8f / 3, direction[0], 1e-5f);
        Assert.Equal(0, direction[1], 1e-5f);
    }

    [Fact]
    public void Combine_EverySourcePointsElsewhere_LeavesOutHalfAtMost()
    {
        float[] direction = Combine(new AggregationSettings(MaxNorm: 1, MinCosine: 0), [1, 0], [-0.8f, 0], [0, 0.5f], [0, -0.4f]);

        Assert.Equal(0, direction[0]);
        Assert.Equal(0.05f, direction[1], 1e-6f);
    }

    [Fact]
    public void Combine_SourceOfZeros_IsNoReasonToLeaveItOut() =>
        Assert.Equal([0.5f, 0], Combine(new AggregationSettings(MaxNorm: 1, MinCosine: 0), [1, 0], [0, 0]));

    [Theory]
    [InlineData(1.5, 1f)]
    [InlineData(double.NaN, 1f)]
    [InlineData(0.0, null)]
    public void Violations_MinCosine_NeedsItsRangeAndABoundedLength(double smallest, float? clip) =>
        Assert.StartsWith("MinCosine is ", Assert.Single(new AggregationSettings(ClipToMedian: clip, MinCosine: smallest).Violations()), StringComparison.Ordinal);

    [Fact]
    public void Combine_ManyEventsClaimed_WeighNoMoreThanTheMedian()
    {
        Contribution[] round = [Update(10, [10, 10]), Update(10, [10, 10]), Update(1L << 40, [0, 0])];

        Assert.Equal(0, Combine(round, new AggregationSettings())[0], 1e-6f);
        Assert.Equal(2f / 3, Combine(round, new AggregationSettings(ClipToMedian: 1))[0], 1e-6f);
    }

    [Fact]
    public void Combine_ManyUpdatesOfOneSource_CountAsOne()
    {
        SourceId liar = new("liar");
        Contribution[] round =
        [
            Update(1, [1, 1]), Update(1, [1, 1]), Update(1, [1, 1]),
            .. Enumerable.Range(0, 20).Select(_ => Update(1, [-100, -100]) with { Source = liar }),
        ];

        Assert.Equal(1, Combine(round, new AggregationSettings(Trim: 0.25))[0]);
        Assert.Equal(0.5f, Combine(round, new AggregationSettings(ClipToMedian: 1))[0], 1e-6f);
    }

    [Fact]
    public void Combine_NoEvents_IsNoDirection() =>
        Assert.Null(Aggregation.Combine([], new AggregationSettings()));

    private static float[] Combine(AggregationSettings settings, params float[][] updates) =>
        Combine([.. updates.Select(values => Update(1, values))], settings);

    private static float[] Combine(Contribution[] round, AggregationSettings settings) =>
        Aggregation.Combine(SourceUpdate.Of(round, UpdateKind.Gradient, new DenseLayout(round[0].Tensors)), settings)!;

    private static Contribution Update(long events, float[] values) => new(events, [new DenseTensor("w", [2], values)]);
}
