using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Client;

/// <summary>Where in a folder of spools which is. Names of models, tenants and sources are safe as names of files.</summary>
internal static class SpoolPaths
{
    public static string FolderFor(string folder, MemoryAddress memory) => Path.Combine(folder, memory.Model.Value, memory.Tenant.Value);

    public static string FileFor(string folder, MemoryAddress memory, SourceId source) =>
        Path.Combine(FolderFor(folder, memory), source.Value + ".spool");
}
