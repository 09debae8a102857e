using NestedLearning.Hosting;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Grains;

/// <summary>A model as one silo knows it: its settings, and a replica of each shared level.</summary>
internal sealed class SiloModel(StoredModel stored, IReadOnlyList<LevelReplica> levels, TierHosting hosting)
{
    private volatile bool _isDeleted;

    public ModelSettings Settings { get; } = stored.Settings;

    /// <summary>Which of the models of its name it is.</summary>
    public string Incarnation => stored.Incarnation;

    /// <summary>Whether it was deleted: its memories here are no one's.</summary>
    public bool IsDeleted => _isDeleted;

    /// <summary>What its memories share in this silo.</summary>
    public TierHosting Hosting { get; } = hosting with { Learning = new LearningCounter(), Incarnation = stored.Incarnation };

    public IReadOnlyList<ILevelLink> Links => levels;

    /// <summary>The replica of a shared level.</summary>
    /// <exception cref="UnknownLevelException">The model has no such shared level.</exception>
    public LevelReplica Link(LevelId level) =>
        levels.FirstOrDefault(link => link.Level == level)
        ?? throw new UnknownLevelException(level, [.. levels.Select(link => link.Level)]);

    /// <summary>It is deleted.</summary>
    public void Delete() => _isDeleted = true;

    /// <summary>Somebody has seen these versions of the levels, fastest first.</summary>
    public void Expect(IReadOnlyList<long> versions)
    {
        foreach ((LevelReplica level, long version) in levels.Zip(versions))
        {
            level.Expect(version);
        }
    }
}
