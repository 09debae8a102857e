using NestedLearning.Models;

namespace NestedLearning.Tiers;

/// <summary>An event that a gate asks about, which is in the level.</summary>
internal sealed class KeptProbe(Probe probe, SourceId? source)
{
    public Probe Probe => probe;

    /// <summary>Whose it is; null where that was not saved.</summary>
    public SourceId? Source => source;

    /// <summary>Whether the newest version would answer it right without having learned it; null before that was asked.</summary>
    public bool? IsRight { get; set; }
}
