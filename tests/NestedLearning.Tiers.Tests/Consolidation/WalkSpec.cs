using NestedLearning.Models;
using NestedLearning.Tensors;

namespace NestedLearning.Tiers.Tests.Consolidation;

/// <summary>A model that moves one step with every event, so that its level's place is the number of events that counted.</summary>
internal sealed record WalkSpec(UpdateKind Kind, OuterSettings Optimiser, int Width = 1) : ModelSpec
{
    public static readonly LevelId Walk = new("walk");

    public const string Place = "place";

    public override IReadOnlyList<LevelSpec> Levels => [new(Walk, LevelScope.Shared, Kind, 4)];

    public override void Validate()
    {
    }

    public override INestedModel CreateModel(int contributors) => new WalkModel(this);

    public override ISharedLevel CreateSharedLevel(LevelId level, int threads) =>
        new OuterLevel(Levels[0], At(0, Width), Optimiser, new AggregationSettings());

    /// <summary>The same place in every dimension.</summary>
    public static TensorSet At(float place, int width) => [new DenseTensor(Place, [width], Enumerable.Repeat(place, width).ToArray())];
}

/// <summary>Keeps the steps since the last drain.</summary>
internal sealed class WalkModel(WalkSpec spec) : INestedModel
{
    private long _steps;

    public IReadOnlyList<LevelSpec> Levels => spec.Levels;

    public long PrivateBytes => sizeof(long);

    public Prediction Predict(ModelInput input) => new("", 0);

    public Prediction Step(ModelInput input, string label)
    {
        _steps++;
        return Predict(input);
    }

    public long Pending(LevelId level) => _steps;

    public Contribution Drain(LevelId level, long sequence)
    {
        Contribution update = new(_steps, WalkSpec.At(spec.Kind == UpdateKind.Gradient ? -_steps : _steps, spec.Width));
        _steps = 0;
        return update;
    }

    public void Adopt(LevelId level, LevelVersion version, long foldedThrough)
    {
    }

    public TensorSet Save() => [new IntegerTensor("steps", new[] { _steps })];

    public void Load(TensorSet state) => _steps = state.Get<IntegerTensor>("steps").Values.Span[0];
}
