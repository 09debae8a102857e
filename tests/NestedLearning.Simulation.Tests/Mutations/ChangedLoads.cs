using NestedLearning.Tiers;

namespace NestedLearning.Simulation.Tests.Mutations;

/// <summary>A store whose owners take up something else than what they saved.</summary>
internal sealed class ChangedLoads(ITierStore inner, Func<StateKey, ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> change)
    : StoreMutation(inner)
{
    public static ReadOnlyMemory<byte> LevelWithoutMarks(StateKey key, ReadOnlyMemory<byte> state) =>
        IsLevel(key) ? StateEdit.WithoutMarks(state) : state;

    public static ReadOnlyMemory<byte> MemoryWithoutMarks(StateKey key, ReadOnlyMemory<byte> state) =>
        IsMemory(key) ? StateEdit.WithoutMarks(state) : state;

    public static ReadOnlyMemory<byte> LevelWithJournalTwice(StateKey key, ReadOnlyMemory<byte> state) =>
        IsLevel(key) ? StateEdit.WithJournalTwice(state) : state;

    public static ReadOnlyMemory<byte> LevelWithoutReleases(StateKey key, ReadOnlyMemory<byte> state) =>
        IsLevel(key) ? StateEdit.WithoutReleases(state) : state;

    public static ReadOnlyMemory<byte> LevelWithoutErasing(StateKey key, ReadOnlyMemory<byte> state) =>
        IsLevel(key) ? StateEdit.WithoutErasing(state) : state;

    public override async ValueTask<StoredState?> LoadAsync(StateKey key, CancellationToken cancellationToken) =>
        await base.LoadAsync(key, cancellationToken) is { } stored ? stored with { Bytes = change(key, stored.Bytes) } : null;
}
