using NestedLearning.Models;
using NestedLearning.Tensors;

namespace NestedLearning.Tiers.Tests.Memories;

/// <summary>Linear softmax regression whose memories send summed gradients: the simplest model that sends dense tensors.</summary>
internal sealed record SoftmaxSpec(int Features, int Classes, long Period, float Rate) : ModelSpec
{
    public static readonly LevelId Linear = new("linear");

    public const string Weights = "weights";

    public AggregationSettings Aggregation { get; init; } = new();

    public override IReadOnlyList<LevelSpec> Levels => [new(Linear, LevelScope.Shared, UpdateKind.Gradient, Period)];

    public override void Validate()
    {
    }

    public override INestedModel CreateModel(int contributors) => new SoftmaxModel(this);

    public override ISharedLevel CreateSharedLevel(LevelId level, int threads) => new OuterLevel(
        Levels[0],
        [new DenseTensor(Weights, [Features, Classes], new float[Features * Classes])],
        new OuterSettings(OuterRule.Momentum, Rate),
        Aggregation);
}
