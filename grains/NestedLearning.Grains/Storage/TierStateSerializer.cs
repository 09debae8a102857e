using Orleans.Storage;

namespace NestedLearning.Grains;

/// <summary>Stores a <see cref="TierState"/> as its bytes and nothing else: they are a frame, with a checksum of its own.</summary>
public sealed class TierStateSerializer : IGrainStorageSerializer
{
    /// <inheritdoc/>
    public BinaryData Serialize<T>(T? input) => new((input as TierState)?.Bytes ?? throw NotOurs<T>());

    /// <inheritdoc/>
    public T Deserialize<T>(BinaryData input) =>
        new TierState { Bytes = input.ToArray() } is T state ? state : throw NotOurs<T>();

    private static NotSupportedException NotOurs<T>() =>
        new($"The storage '{TierStorage.ProviderName}' keeps states of tiers, not {typeof(T)}; register another storage for it.");
}
