using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>What a memory of a sequence model keeps of its steps for the levels above, each level by its place among them.</summary>
internal interface ISequenceExchange
{
    /// <summary>The bytes of what it keeps.</summary>
    long SizeBytes { get; }

    /// <summary>Learns from the windows of one step, in groups that are read one after the other.</summary>
    /// <returns>The mean loss before, in nats a token.</returns>
    double Learn(IReadOnlyList<TokenWindows> groups);

    /// <summary>The steps since the last drain of a level.</summary>
    long Pending(int level);

    /// <inheritdoc cref="INestedModel.Drain"/>
    Contribution Drain(int level, long sequence);

    /// <inheritdoc cref="INestedModel.Adopt"/>
    void Adopt(int level, LevelVersion version, long foldedThrough);

    /// <summary>Adds everything it keeps to a state.</summary>
    void Save(TensorSet state);

    /// <summary>Takes up what <see cref="Save"/> added; versions are adopted afterwards.</summary>
    void Load(TensorSet state);
}
