namespace NestedLearning.Tiers;

/// <summary>How a version came to be.</summary>
public enum FoldOutcome
{
    /// <summary>A round was folded; where there is a gate, it passed, perhaps without some sources, whose updates are in quarantine.</summary>
    Folded,

    /// <summary>The gate rejected the round: the version equals its parent, and the round's updates are in quarantine.</summary>
    Rejected,

    /// <summary>An earlier version was published again; what had been folded since is in quarantine.</summary>
    RolledBack,

    /// <summary>Updates were taken out of quarantine and folded, whatever the gate says.</summary>
    Replayed,

    /// <summary>A tenant's updates were taken out for good; they are nowhere any more.</summary>
    Forgotten,

    /// <summary>The level began with it: it came from a checkpoint of another model. Nobody's updates are known of it.</summary>
    Imported,
}
