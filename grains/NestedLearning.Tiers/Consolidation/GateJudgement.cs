using NestedLearning.Models;

namespace NestedLearning.Tiers;

/// <summary>What a gate found of a round and of the version that its level solved of it.</summary>
/// <param name="Verdict">Whether it passes.</param>
/// <param name="AreRight">For each probe that was asked, whether the version would answer it right without having learned it.</param>
/// <param name="Sources">The sources of the round, those that agree least with the parent first.</param>
/// <param name="Strangers">Those of them that agree too little.</param>
internal sealed record GateJudgement(
    GateVerdict Verdict, IReadOnlyDictionary<KeptProbe, bool> AreRight, IReadOnlyList<SourceId> Sources, IReadOnlyList<SourceId> Strangers);
