using NestedLearning.Tiers;

namespace NestedLearning.Simulation.Tests.Mutations;

/// <summary>A store where the last who saves wins.</summary>
internal sealed class IgnoredTags(ITierStore inner) : StoreMutation(inner)
{
    public override async ValueTask<string> SaveAsync(
        StateKey key, ReadOnlyMemory<byte> state, string? expectedETag, CancellationToken cancellationToken) =>
        await base.SaveAsync(key, state, (await LoadAsync(key, cancellationToken))?.ETag, cancellationToken);
}
