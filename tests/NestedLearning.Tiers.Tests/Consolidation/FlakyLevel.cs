using NestedLearning.Models;
using NestedLearning.Tensors;

namespace NestedLearning.Tiers.Tests.Consolidation;

/// <summary>A level that counts events, and fails when a test says so.</summary>
internal sealed class FlakyLevel : ISharedLevel
{
    public bool FailsToSolve { get; set; }

    public bool FailsToAbsorb { get; set; }

    public LevelSpec Spec { get; } = new(ClassifierSpec.SlowLevel, LevelScope.Shared, UpdateKind.Statistics, 1);

    public long Events { get; private set; }

    public long StateBytes => 1000;

    public void Check(Contribution contribution)
    {
    }

    public void Absorb(IReadOnlyList<Contribution> round)
    {
        if (FailsToAbsorb)
        {
            throw new OutOfMemoryException();
        }

        Events += round.Sum(contribution => contribution.Events);
    }

    public TensorSet Solve() => FailsToSolve
        ? throw new NotPositiveDefiniteException(0, 0)
        : [new IntegerTensor("events", new[] { Events })];

    public TensorSet Save() => [new IntegerTensor("events", new[] { Events })];

    public void Load(TensorSet state) => Events = state.Get<IntegerTensor>("events").Values.Span[0];
}

/// <summary>A model of one such level.</summary>
internal sealed record FlakySpec : ModelSpec
{
    public FlakyLevel Level { get; init; } = new();

    public override IReadOnlyList<LevelSpec> Levels => [Level.Spec];

    public override void Validate()
    {
    }

    public override INestedModel CreateModel(int contributors) => throw new NotSupportedException();

    public override ISharedLevel CreateSharedLevel(LevelId level, int threads) => Level;
}
