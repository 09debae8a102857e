namespace NestedLearning.Tiers;

/// <summary>What the gate found of a candidate. Probes are answered as by a version that has not learned them.</summary>
/// <param name="Probes">How many events both versions were asked about.</param>
/// <param name="ParentRight">How many the parent answered right.</param>
/// <param name="CandidateRight">How many the candidate answered right.</param>
/// <param name="IsPassed">Whether the candidate is published.</param>
public sealed record GateVerdict(int Probes, int ParentRight, int CandidateRight, bool IsPassed)
{
    /// <summary>
    /// The least agreement of a source: how many of its events the parent answered as the source did, over how many it would have, were
    /// they like the probes of their labels; null where no source has events of labels that there are probes of.
    /// </summary>
    public double? Agreement { get; init; }
}
