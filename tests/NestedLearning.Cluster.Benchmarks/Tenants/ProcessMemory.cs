using System.Globalization;

namespace NestedLearning.Cluster.Benchmarks;

/// <summary>What this process occupies.</summary>
internal static class ProcessMemory
{
    /// <summary>What is reachable on the managed heap.</summary>
    public static long Heap()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true);
    }

    /// <summary>The most physical memory that the process had so far; 0 where the system does not tell.</summary>
    public static long PeakResident()
    {
        const string status = "/proc/self/status";
        string? line = File.Exists(status) ? File.ReadLines(status).FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal)) : null;
        return line is null ? 0 : long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
    }
}
