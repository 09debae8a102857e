namespace NestedLearning.Tiers;

/// <summary>What the gate found of a candidate.</summary>
/// <param name="Probes">How many events both versions were asked about.</param>
/// <param name="ParentRight">How many the parent answered right.</param>
/// <param name="CandidateRight">How many the candidate answered right.</param>
/// <param name="IsPassed">Whether the candidate is published.</param>
public sealed record GateVerdict(int Probes, int ParentRight, int CandidateRight, bool IsPassed);
