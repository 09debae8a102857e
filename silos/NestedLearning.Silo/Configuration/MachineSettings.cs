namespace NestedLearning.Silo.Configuration;

/// <summary>What a silo computes on.</summary>
internal enum ComputeKind
{
    /// <summary>The processor.</summary>
    Cpu,

    /// <summary>A GPU by CUDA.</summary>
    Cuda,
}

/// <summary>What this machine is, as placement sees it.</summary>
/// <param name="Compute">What it computes on.</param>
/// <param name="Device">Which device, in the words of whoever runs the cluster; may be empty.</param>
/// <param name="MemoryGib">Its memory in GiB; by default what this process may use.</param>
/// <param name="IsNearStorage">Whether storage is near, so that what saves often should be here.</param>
internal sealed record MachineSettings(ComputeKind Compute, string Device, int MemoryGib, bool IsNearStorage)
{
    public static MachineSettings Read(SettingsReader reader)
    {
        MachineSettings settings = new(
            reader.Choice("Machine:Compute", ComputeKind.Cpu),
            reader.Text("Machine:Device", "", "at most 64 letters", text => text.Length <= 64),
            reader.WholeNumber("Machine:MemoryGib", 0, 0, 65_536),
            reader.Flag("Machine:NearStorage"));
        return settings.MemoryGib > 0 ? settings : settings with { MemoryGib = UsableMemoryGib() };
    }

    private static int UsableMemoryGib() => (int)Math.Max(1, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 30);
}
