using NestedLearning.Tiers;

namespace NestedLearning.Simulation.Tests.Mutations;

/// <summary>A store that saves a level in two steps: its marks, and everything else.</summary>
internal sealed class HalfSaves(ITierStore inner, NodeLife life, bool areMarksFirst) : StoreMutation(inner)
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(0.3);

    public override async ValueTask<string> SaveAsync(
        StateKey key, ReadOnlyMemory<byte> state, string? expectedETag, CancellationToken cancellationToken)
    {
        string? tag = expectedETag;
        if (IsLevel(key) && await LoadAsync(key, cancellationToken) is { } old && old.ETag == expectedETag)
        {
            ReadOnlyMemory<byte> half = areMarksFirst
                ? StateEdit.WithMarksOf(old.Bytes, state)
                : StateEdit.WithMarksOf(state, old.Bytes);
            tag = await base.SaveAsync(key, half, expectedETag, cancellationToken);
            await life.Delay(Between);
        }

        return await base.SaveAsync(key, state, tag, cancellationToken);
    }
}
