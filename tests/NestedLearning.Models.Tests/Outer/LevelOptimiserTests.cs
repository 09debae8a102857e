using NestedLearning.Tensors;

namespace NestedLearning.Models.Tests.Outer;

/// <summary>A shared level that steps by the rules of a model's own levels.</summary>
public class LevelOptimiserTests
{
    private static readonly LevelSpec Spec = new(new LevelId("slow"), LevelScope.Shared, UpdateKind.Gradient, 1);

    public static TheoryData<OuterSettings, RuleSettings> Same => new()
    {
        { new(OuterRule.Sgd, 0.1f), new SgdSettings() },
        { new(OuterRule.Momentum, 0.1f), new MomentumSettings(0.9f) },
        { new(OuterRule.Nesterov, 0.1f), new MomentumSettings(0.9f, IsNesterov: true) },
        { new(OuterRule.AdamW, 0.1f), new AdamWSettings(0.9f, 0.999f, 1e-8f) },
    };

    [Theory]
    [MemberData(nameof(Same))]
    public void Absorb_ByARuleThatBothHave_IsTheSame(OuterSettings outer, RuleSettings rule)
    {
        OuterLevel one = new(Spec, Round(0), outer, new AggregationSettings());
        OuterLevel other = Create(rule);
        for (int round = 1; round <= 5; round++)
        {
            one.Absorb([new Contribution(3, Round(round))]);
            other.Absorb([new Contribution(3, Round(round))]);
        }

        Assert.All(Values(one).Zip(Values(other)), pair => Assert.Equal(pair.First, pair.Second, 1e-6f));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Load_ASavedState_GoesOnToTheBit(bool isMuon)
    {
        RuleSettings rule = isMuon ? new MuonSettings() : new M3Settings(ChunkSteps: 2);
        OuterLevel level = Create(rule);
        Fold(level, 1, 3);
        OuterLevel restored = Create(rule);
        restored.Load(level.Save());
        Fold(level, 4, 3);
        Fold(restored, 4, 3);

        Assert.Equal(Values(level), Values(restored));
        Assert.NotEqual(Values(Create(rule)), Values(level));
    }

    [Fact]
    public void Create_SettingsOutOfRange_AreAllReported() => Assert.Equal(3, Assert.Throws<InvalidSpecException>(() => new OuterLevel(
        Spec, [], new OptimiserSettings(new MuonSettings(1), new LearningRateSchedule(0)), new AggregationSettings(0))).Violations.Count);

    private static OuterLevel Create(RuleSettings rule) =>
        new(Spec, Round(0), new OptimiserSettings(rule, new LearningRateSchedule(0.1f)), new AggregationSettings());

    private static void Fold(OuterLevel level, int first, int count)
    {
        for (int round = first; round < first + count; round++)
        {
            level.Absorb([new Contribution(2, Round(round))]);
        }
    }

    private static TensorSet Round(int seed)
    {
        Random random = new(seed);
        return
        [
            new DenseTensor("w", [3, 4], Array.ConvertAll(new float[12], _ => random.NextSingle() - 0.5f)),
            new DenseTensor("b", [4], Array.ConvertAll(new float[4], _ => random.NextSingle() - 0.5f)),
        ];
    }

    private static float[] Values(OuterLevel level) => new DenseLayout(level.Solve()).Gather(level.Solve());
}
