using Orleans.Runtime.MembershipService.SiloMetadata;

namespace NestedLearning.Grains;

/// <summary>What a silo declares of itself; null where it declares nothing, or leaves a value empty.</summary>
internal readonly record struct SiloProfile(string? Compute, string? Device, string? MemoryGib, string? Storage)
{
    /// <summary>Reads what concerns placement from a silo's metadata; those of a silo that is hardly known are empty.</summary>
    public static SiloProfile Of(SiloMetadata silo)
    {
        return new(
            Find(SiloMetadataKeys.Compute),
            Find(SiloMetadataKeys.Device),
            Find(SiloMetadataKeys.MemoryGib),
            Find(SiloMetadataKeys.Storage));

        string? Find(string key) => silo.Metadata.GetValueOrDefault(key) is { Length: > 0 } value ? value : null;
    }

    /// <summary>What it computes on, such as <c>cuda (H100, 80 GiB)</c>.</summary>
    public string DescribeCompute()
    {
        string[] details = [.. new[] { Device, MemoryGib is null ? null : $"{MemoryGib} GiB" }.OfType<string>()];
        string compute = Compute ?? "no compute declared";
        return details.Length == 0 ? compute : $"{compute} ({string.Join(", ", details)})";
    }
}
