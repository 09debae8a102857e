namespace NestedLearning.Tiers.Tests.Protocol;

/// <summary>A rule of the hosts that a simulated host breaks on purpose.</summary>
public enum BrokenRule
{
    None,

    /// <summary>A memory's host confirms, and so sends, before it has saved.</summary>
    MemoryConfirmsBeforeItSaves,

    /// <summary>A consolidator's host publishes a version that it never saves.</summary>
    ConsolidatorConfirmsWithoutSaving,

    /// <summary>A consolidator's host saves the state before the base that the state refers to.</summary>
    StateIsSavedBeforeItsBase,

    /// <summary>A client sends on from what is applied after a memory crashed, and not from what is durable.</summary>
    ClientResendsNothing,

    /// <summary>A memory's host restarts it from nothing.</summary>
    MemoryForgetsItsState,
}
