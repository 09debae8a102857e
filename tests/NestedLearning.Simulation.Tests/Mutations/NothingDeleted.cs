using NestedLearning.Tiers;

namespace NestedLearning.Simulation.Tests.Mutations;

/// <summary>A store that keeps what it is told to delete.</summary>
internal sealed class NothingDeleted(ITierStore inner) : StoreMutation(inner)
{
    public override ValueTask DeleteAsync(StateKey key, CancellationToken cancellationToken) => ValueTask.CompletedTask;
}
