using NestedLearning.Models;

namespace NestedLearning.Simulation;

/// <summary>The run's model, which lets a probe look at what a state machine restored into it.</summary>
internal sealed record ProbeSpec(ModelSpec Inner) : ModelSpec
{
    /// <summary>The shared level that was made last.</summary>
    public ISharedLevel? Level { get; private set; }

    /// <summary>The private levels that were made last.</summary>
    public INestedModel? Model { get; private set; }

    public override IReadOnlyList<LevelSpec> Levels => Inner.Levels;

    public override void Validate() => Inner.Validate();

    public override INestedModel CreateModel(int contributors) => Model = Inner.CreateModel(contributors);

    public override ISharedLevel CreateSharedLevel(LevelId level, int threads) => Level = Inner.CreateSharedLevel(level, threads);
}
