using NestedLearning.Models;

namespace NestedLearning.Tiers;

/// <summary>A round that the level has absorbed, and what of it the gate made the level release again.</summary>
internal sealed class AbsorbedRound(IReadOnlyList<RoundUpdate> all, long clockBefore)
{
    private readonly List<RoundUpdate> _leftOut = [];

    /// <summary>Everything, in the order in which it was absorbed.</summary>
    public IReadOnlyList<RoundUpdate> All => all;

    /// <summary>What the level's clock said before.</summary>
    public long ClockBefore => clockBefore;

    /// <summary>What is still in the level.</summary>
    public IReadOnlyList<RoundUpdate> Kept => [.. all.Where(update => !_leftOut.Contains(update))];

    /// <summary>What was released, in that order.</summary>
    public List<RoundUpdate> LeftOut => _leftOut;

    /// <summary>Whether nothing is left of it.</summary>
    public bool IsRejected => _leftOut.Count > 0 && Kept.Count == 0;

    /// <summary>How many more sources may be left out for the others: half of them at most.</summary>
    public int MayLose => Math.Max((Sources(all) / 2) - Sources(_leftOut), 0);

    /// <summary>The updates of one source.</summary>
    public IReadOnlyList<RoundUpdate> Of(SourceId source) => [.. all.Where(update => update.Source == source)];

    /// <summary>The level has released these.</summary>
    public void LeaveOut(IReadOnlyList<RoundUpdate> updates) => _leftOut.AddRange(updates);

    private static int Sources(IEnumerable<RoundUpdate> updates) => updates.Select(update => update.Source).Distinct().Count();
}
