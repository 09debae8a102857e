using NestedLearning.Models;
using NestedLearning.Tensors;

namespace NestedLearning.Tiers;

/// <summary>A part of a round, which one shard of the level adds up. Where that is done makes no difference to what it comes to.</summary>
public sealed class RoundPart
{
    private const string PackedUpdates = "updates";

    private readonly ModelId _model;
    private readonly IReversibleLevel _level;
    private readonly IReadOnlyList<RoundUpdate> _updates;

    internal RoundPart(ModelId model, IReversibleLevel level, int shard, IReadOnlyList<RoundUpdate> updates)
    {
        _model = model;
        _level = level;
        _updates = updates;
        Shard = shard;
    }

    /// <summary>The shard's number; 0 is the level's owner.</summary>
    public int Shard { get; }

    /// <summary>What it comes to; null until it is known.</summary>
    internal TensorSet? Sums { get; private set; }

    /// <summary>Whether another machine says so.</summary>
    internal bool IsTaken { get; private set; }

    /// <summary>Adds it up here, unless it has been. Parts of one round may be added up at once.</summary>
    /// <exception cref="InvalidContributionException">An update does not fit the level.</exception>
    public void AddUp() => Sums ??= _level.AddUp([.. _updates.Select(update => update.Contribution)]);

    /// <summary>The updates, for another machine to add them up.</summary>
    public byte[] Pack()
    {
        TensorSet packed = [];
        FramePack.Save(packed, PackedUpdates, [.. _updates.Select(update => update.Stored)]);
        return Encode(_model, _level.Spec.Id, packed);
    }

    /// <summary>What another machine made of <see cref="Pack"/>.</summary>
    /// <exception cref="FrameException">The bytes are no sums of this model.</exception>
    public void Take(ReadOnlyMemory<byte> sums)
    {
        Sums = StateFrames.Decode(sums, _model);
        IsTaken = true;
    }

    /// <summary>Adds up what <see cref="Pack"/> gave, on a machine that need not have the level's state.</summary>
    /// <param name="model">The model.</param>
    /// <param name="level">A level with the same settings.</param>
    /// <param name="packed">The updates.</param>
    /// <returns>What <see cref="Take"/> takes.</returns>
    /// <exception cref="FrameException">The bytes are no updates of this model.</exception>
    /// <exception cref="InvalidContributionException">An update does not fit the level.</exception>
    public static byte[] AddUp(ModelId model, IReversibleLevel level, ReadOnlyMemory<byte> packed)
    {
        IReadOnlyList<StoredUpdate> updates = FramePack.Load(StateFrames.Decode(packed, model), PackedUpdates);
        TensorSet sums = level.AddUp([.. updates.Select(update => RoundUpdate.Read(update).Contribution)]);
        return Encode(model, level.Spec.Id, sums);
    }

    /// <summary>Forgets what another machine said.</summary>
    internal void Drop()
    {
        Sums = IsTaken ? null : Sums;
        IsTaken = false;
    }

    private static byte[] Encode(ModelId model, LevelId level, TensorSet tensors) =>
        StateFrames.Encode(new FrameHeader(FrameKind.Snapshot, model) { Level = level }, tensors, EncodingPolicy.Lossless);
}
