using NestedLearning.Grains;

namespace NestedLearning.Silo.Configuration;

/// <summary>How much of the machine the tiers use, and which data they read by themselves.</summary>
/// <param name="ComputeThreads">How many threads learn and answer at a time; 0 for as many as there are cores.</param>
/// <param name="FoldThreads">How many threads one fold may use; 0 for as many as there are cores, at most 8.</param>
/// <param name="MaxResidentMemories">How many memories may be loaded.</param>
/// <param name="MaxResidentMib">How much memory they may occupy together, in MiB; 0 for half of what the process may use.</param>
/// <param name="IdleTime">How long a memory stays loaded after its last call.</param>
/// <param name="Training">The data of training runs.</param>
internal sealed record TierSettings(
    int ComputeThreads, int FoldThreads, int MaxResidentMemories, int MaxResidentMib, TimeSpan IdleTime, TrainingSettings Training)
{
    private static readonly TierSiloOptions Default = new();

    /// <summary>The ranges are the tiers' own.</summary>
    public static TierSettings Read(SettingsReader reader)
    {
        TierSettings settings = new(
            reader.WholeNumber("Tiers:ComputeThreads", 0, 0, 1024),
            reader.WholeNumber("Tiers:FoldThreads", 0, 0, 1024),
            reader.WholeNumber("Tiers:MaxResidentMemories", Default.MaxResidentMemories, 1, 10_000_000),
            reader.WholeNumber("Tiers:MaxResidentMib", 0, 0, int.MaxValue),
            reader.Time("Tiers:IdleTime", Default.IdleTime, TimeSpan.FromMinutes(2), TimeSpan.FromDays(30)),
            TrainingSettings.Read(reader));
        if (settings.MaxResidentMib is > 0 and < 16)
        {
            reader.Refuse("Tiers:MaxResidentMib", $"is '{settings.MaxResidentMib}'; accepted: 0, or from 16");
        }

        return settings;
    }

    /// <summary>Gives the tiers what was read.</summary>
    public void ApplyTo(TierSiloOptions options)
    {
        options.FoldThreads = FoldThreads > 0 ? FoldThreads : options.FoldThreads;
        options.MaxResidentMemories = MaxResidentMemories;
        options.MaxResidentMemoryBytes = MaxResidentMib > 0 ? (long)MaxResidentMib << 20 : options.MaxResidentMemoryBytes;
        options.IdleTime = IdleTime;
    }

    /// <summary>Gives the compute queue what was read.</summary>
    public void ApplyTo(ComputeOptions options) => options.Threads = ComputeThreads > 0 ? ComputeThreads : options.Threads;
}
