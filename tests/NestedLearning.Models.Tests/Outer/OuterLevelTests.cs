using NestedLearning.Tensors;

namespace NestedLearning.Models.Tests.Outer;

public class OuterLevelTests
{
    private static readonly LevelId Slow = new("slow");
    private static readonly OuterSettings Plain = new(OuterRule.Sgd, 1);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(8)]
    public void Absorb_GradientsOfAnyPartition_AreThoseOfOneSource(int sources)
    {
        Random random = new(7);
        float[][] gradients = [.. Enumerable.Range(0, 24).Select(_ => new[] { random.NextSingle(), -random.NextSingle(), random.NextSingle() })];
        double[] mean = [.. Enumerable.Range(0, 3).Select(i => gradients.Average(gradient => (double)gradient[i]))];
        OuterLevel level = Create(UpdateKind.Gradient);

        level.Absorb([.. gradients.Index().GroupBy(item => item.Index * 7 % 24 % sources).Select(source => Update(
            source.Count(), [.. Enumerable.Range(0, 3).Select(i => source.Sum(item => item.Item[i]))]))]);

        Assert.Equal(24, level.Events);
        Assert.All(mean.Zip(Values(level)), pair => Assert.Equal(-pair.First, pair.Second, 1e-6));
    }

    [Fact]
    public void Absorb_Deltas_MovesByTheirMeanOverThoseWhoSawEvents()
    {
        OuterLevel level = Create(UpdateKind.Delta);
        level.Absorb([Update(500, [1, 2, 3]), Update(1, [3, 0, -3]), Update(0, [0, 0, 0])]);

        Assert.Equal([2, 1, 0], Values(level));
        Assert.Equal(501, level.Events);
    }

    [Fact]
    public void Absorb_SeveralDeltasOfOneSource_IsItsWholeMovement()
    {
        OuterLevel level = Create(UpdateKind.Delta);
        SourceId a = new("a");
        level.Absorb([Update(5, [1, 2, 3]) with { Source = a }, Update(5, [1, 0, 0]) with { Source = a }, Update(5, [0, 0, 1]) with { Source = new SourceId("b") }]);

        Assert.Equal([1, 1, 2], Values(level));
    }

    [Fact]
    public void Absorb_ARoundWithoutEvents_ChangesNothing()
    {
        OuterLevel level = Create(UpdateKind.Gradient, new OuterSettings());
        level.Absorb([Update(2, [1, 1, 1])]);
        float[] before = Values(level);

        level.Absorb([Update(0, [0, 0, 0])]);

        Assert.Equal(before, Values(level));
    }

    [Fact]
    public void Load_ASavedState_GoesOnToTheBit()
    {
        OuterLevel level = Create(UpdateKind.Gradient, new OuterSettings());
        level.Absorb([Update(2, [1, 0.3f, 1])]);
        OuterLevel restored = Create(UpdateKind.Gradient, new OuterSettings());
        restored.Load(level.Save());

        level.Absorb([Update(3, [0.1f, 0.2f, 0.3f])]);
        restored.Absorb([Update(3, [0.1f, 0.2f, 0.3f])]);

        Assert.Equal(Values(level), Values(restored));
        Assert.Equal(level.Events, restored.Events);
    }

    [Theory]
    [InlineData(2, 1, 2.1e12f)] // by event
    [InlineData(0, 1, 1e-9f)] // of nothing
    [InlineData(-1, 1, 0)]
    [InlineData((1L << 40) + 1, 1, 0)]
    [InlineData(1, 2, 0)] // another shape
    public void Check_NoUpdateOfThisLevel_IsRefused(long events, int rows, float value)
    {
        TensorSet tensors = [new DenseTensor("w", [2 / rows, rows], new float[2]), new DenseTensor("b", [1], new[] { value })];
        Assert.Throws<InvalidContributionException>(() => Create(UpdateKind.Gradient).Check(new Contribution(events, tensors)));
    }

    [Fact]
    public void Check_MissingOrUnknownTensors_AreNamed()
    {
        OuterLevel level = Create(UpdateKind.Delta);
        TensorSet more = [.. Update(1, [0, 0, 0]).Tensors, new DenseTensor("more", [1], new float[1])];

        Assert.Equal("w", Assert.Throws<InvalidContributionException>(() => level.Check(new Contribution(1, []))).Tensor);
        Assert.Equal("more", Assert.Throws<InvalidContributionException>(() => level.Check(new Contribution(1, more))).Tensor);
        level.Check(Update(1, [1e12f, -1e12f, 0]));
    }

    [Fact]
    public void Create_SettingsOutOfRange_AreAllReported()
    {
        LevelSpec spec = new(Slow, LevelScope.Shared, UpdateKind.Statistics, 1);
        InvalidSpecException error = Assert.Throws<InvalidSpecException>(() => new OuterLevel(
            spec, [], new OuterSettings((OuterRule)9, 0, 1, 1, 0, -1), new AggregationSettings(0, float.NaN, 0.5)));

        Assert.Equal(10, error.Violations.Count);
    }

    private static OuterLevel Create(UpdateKind kind, OuterSettings? settings = null) =>
        new(new LevelSpec(Slow, LevelScope.Shared, kind, 1), Update(0, [0, 0, 0]).Tensors, settings ?? Plain, new AggregationSettings());

    private static Contribution Update(long events, float[] values) =>
        new(events, [new DenseTensor("w", [2, 1], values[..2]), new DenseTensor("b", [1], values[2..])]);

    private static float[] Values(OuterLevel level) => new DenseLayout(level.Solve()).Gather(level.Solve());
}
