using NestedLearning.Tiers;

namespace NestedLearning.Simulation.Tests.Mutations;

/// <summary>A store that has no memory's state when it is asked, and takes any state that comes.</summary>
internal sealed class ForgottenMemories(ITierStore inner) : StoreMutation(inner)
{
    private readonly ITierStore _inner = inner;

    public override async ValueTask<StoredState?> LoadAsync(StateKey key, CancellationToken cancellationToken) =>
        IsMemory(key) ? null : await base.LoadAsync(key, cancellationToken);

    public override async ValueTask<string> SaveAsync(
        StateKey key, ReadOnlyMemory<byte> state, string? expectedETag, CancellationToken cancellationToken)
    {
        string? tag = IsMemory(key) ? (await _inner.LoadAsync(key, cancellationToken))?.ETag : expectedETag;
        return await base.SaveAsync(key, state, tag, cancellationToken);
    }
}
