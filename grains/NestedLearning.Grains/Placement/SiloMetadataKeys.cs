namespace NestedLearning.Grains;

/// <summary>
/// What a silo may declare of itself, in its silo metadata: in code by <c>UseSiloMetadata</c>, or in the configuration
/// under <c>Orleans:Metadata</c>.
/// </summary>
public static class SiloMetadataKeys
{
    /// <summary>What it computes on, one of <see cref="ComputeKinds"/> but <see cref="ComputeKinds.Any"/>.</summary>
    public const string Compute = "nl.compute";

    /// <summary>The name of its device, for people.</summary>
    public const string Device = "nl.device";

    /// <summary>The memory that models can use there, in GiB; a number above 0.</summary>
    public const string MemoryGib = "nl.memory-gib";

    /// <summary>Whether it is stable and close to the storage, one of <see cref="StorageKinds"/>.</summary>
    public const string Storage = "nl.storage";
}
