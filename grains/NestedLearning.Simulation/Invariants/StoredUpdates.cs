using NestedLearning.Tiers;

namespace NestedLearning.Simulation;

/// <summary>The updates in what levels attach to their states. What a name stands for never changes, so each is read once.</summary>
internal sealed class StoredUpdates(SimulatedStore store)
{
    private readonly Dictionary<AttachmentName, IReadOnlyList<UpdateFrame>> _read = [];

    /// <summary>Where an attachment is.</summary>
    public static StateKey KeyOf(AttachmentName name) => StateKey.Attachment(World.Model, World.LevelId, name);

    /// <summary>What is attached under a name.</summary>
    /// <exception cref="StoreException">It is missing.</exception>
    public IReadOnlyList<UpdateFrame> Of(AttachmentName name)
    {
        StoredState stored = store.Load(KeyOf(name)) ?? throw new StoreException(
            StoreProblem.Damaged, KeyOf(name).Value, "what the level's state refers to is missing");
        return _read.TryGetValue(name, out IReadOnlyList<UpdateFrame>? updates) ? updates : _read[name] = UpdateFrame.FindIn(stored.Bytes);
    }

    /// <summary>Whether there is still something under a name.</summary>
    public bool Has(AttachmentName name) => store.Load(KeyOf(name)) is not null;
}
