using System.Globalization;
using NestedLearning.Grains;

namespace NestedLearning.Silo.Configuration;

/// <summary>What this silo declares of its machine, which every silo of the cluster knows and placement goes by.</summary>
/// <param name="Compute">What it computes on, one of <see cref="ComputeKinds"/>.</param>
/// <param name="Device">Which device, in the words of whoever runs the cluster; may be empty.</param>
/// <param name="MemoryGib">Its memory in GiB; by default what this process may use.</param>
/// <param name="Storage">How it lies to the storage, one of <see cref="StorageKinds"/>; empty to declare nothing.</param>
internal sealed record MachineSettings(string Compute, string Device, int MemoryGib, string Storage)
{
    public static MachineSettings Read(SettingsReader reader)
    {
        MachineSettings settings = new(
            reader.OneOf("Machine:Compute", ComputeKinds.Cpu, ComputeKinds.Cpu, ComputeKinds.Cuda),
            reader.Text("Machine:Device", "", "at most 64 letters", text => text.Length <= 64),
            reader.WholeNumber("Machine:MemoryGib", 0, 0, 65_536),
            reader.OneOf("Machine:Storage", "", StorageKinds.Near, StorageKinds.Far));
        return settings.MemoryGib > 0 ? settings : settings with { MemoryGib = UsableMemoryGib() };
    }

    /// <summary>All that is declared.</summary>
    public Dictionary<string, string> ToMetadata() => new (string Key, string Value)[]
    {
        (SiloMetadataKeys.Compute, Compute),
        (SiloMetadataKeys.Device, Device),
        (SiloMetadataKeys.MemoryGib, MemoryGib.ToString(CultureInfo.InvariantCulture)),
        (SiloMetadataKeys.Storage, Storage),
    }.Where(pair => pair.Value.Length > 0).ToDictionary(pair => pair.Key, pair => pair.Value);

    private static int UsableMemoryGib() => (int)Math.Max(1, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 30);
}
