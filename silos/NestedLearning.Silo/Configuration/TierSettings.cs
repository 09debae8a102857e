using NestedLearning.Grains;

namespace NestedLearning.Silo.Configuration;

/// <summary>How much of the processor the tiers use.</summary>
/// <param name="ComputeThreads">How many threads learn and answer at a time; 0 for as many as there are cores.</param>
/// <param name="FoldThreads">How many threads one fold may use; 0 for as many as there are cores, at most 8.</param>
internal sealed record TierSettings(int ComputeThreads, int FoldThreads)
{
    public static TierSettings Read(SettingsReader reader) =>
        new(reader.WholeNumber("Tiers:ComputeThreads", 0, 0, 1024), reader.WholeNumber("Tiers:FoldThreads", 0, 0, 1024));

    /// <summary>Gives the tiers what was read.</summary>
    public void ApplyTo(TierSiloOptions options) => options.FoldThreads = FoldThreads > 0 ? FoldThreads : options.FoldThreads;

    /// <summary>Gives the compute queue what was read.</summary>
    public void ApplyTo(ComputeOptions options) => options.Threads = ComputeThreads > 0 ? ComputeThreads : options.Threads;
}
