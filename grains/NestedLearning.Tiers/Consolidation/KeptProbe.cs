using NestedLearning.Models;

namespace NestedLearning.Tiers;

/// <summary>An event that a gate asks about, which is in the level.</summary>
internal sealed class KeptProbe(Probe probe)
{
    public Probe Probe => probe;

    /// <summary>Whether the newest version would answer it right without having learned it; null before that was asked.</summary>
    public bool? IsRight { get; set; }
}
