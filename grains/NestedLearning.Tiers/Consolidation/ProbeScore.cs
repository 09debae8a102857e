namespace NestedLearning.Tiers;

/// <summary>How well the newest version of a level knows what one source has taught it: by the gate's probes, each answered as if it had not been learned.</summary>
/// <param name="Source">Whose events were asked about; a tenant, or a worker of a training run.</param>
/// <param name="Asked">How many of its events are probes.</param>
/// <param name="Right">How many of those the version answers right.</param>
public sealed record ProbeScore(string Source, int Asked, int Right)
{
    /// <summary>The share that is answered right, 0 to 1.</summary>
    public double Accuracy() => (double)Right / Asked;
}
