using System.Globalization;
using NestedLearning.Silo.Configuration;

namespace NestedLearning.Silo.Clustering;

/// <summary>What every silo of the cluster knows about this machine, for placement.</summary>
internal static class MachineMetadata
{
    public static Dictionary<string, string> Of(MachineSettings machine) => new()
    {
        ["nl.compute"] = machine.Compute.ToString().ToLowerInvariant(),
        ["nl.device"] = machine.Device,
        ["nl.memory-gib"] = machine.MemoryGib.ToString(CultureInfo.InvariantCulture),
        ["nl.storage"] = machine.IsNearStorage ? "near" : "far",
    };
}
