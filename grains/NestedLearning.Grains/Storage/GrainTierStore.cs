using NestedLearning.Tiers;
using Orleans.Storage;

namespace NestedLearning.Grains;

/// <summary>The tiers' states in an Orleans grain storage, guarded by its ETags.</summary>
/// <remarks>A state is stored under the grain id <c>nl/KEY</c> and the state name <c>state</c>.</remarks>
public sealed class GrainTierStore(IGrainStorage storage) : ITierStore
{
    private const string StateName = "state";
    private static readonly GrainType Type = GrainType.Create("nl");

    /// <inheritdoc/>
    public async ValueTask<StoredState?> LoadAsync(StateKey key, CancellationToken cancellationToken)
    {
        GrainState<TierState> state = await ReadAsync(key, cancellationToken);
        return state is { RecordExists: true, State: { } stored } ? new StoredState(stored.Bytes, state.ETag!) : null;
    }

    /// <inheritdoc/>
    public async ValueTask<string> SaveAsync(
        StateKey key, ReadOnlyMemory<byte> state, string? expectedETag, CancellationToken cancellationToken)
    {
        GrainState<TierState> saved = new(new TierState { Bytes = state.ToArray() }, expectedETag) { RecordExists = expectedETag is not null };
        await GuardAsync(key, "saved", () => storage.WriteStateAsync(StateName, IdOf(key), saved, cancellationToken));
        return saved.ETag!;
    }

    /// <inheritdoc/>
    public async ValueTask DeleteAsync(StateKey key, CancellationToken cancellationToken)
    {
        GrainState<TierState> state = await ReadAsync(key, cancellationToken);
        if (state.RecordExists)
        {
            await GuardAsync(key, "deleted", () => storage.ClearStateAsync(StateName, IdOf(key), state, cancellationToken));
        }
    }

    private static GrainId IdOf(StateKey key) => GrainId.Create(Type, key.Value);

    private async ValueTask<GrainState<TierState>> ReadAsync(StateKey key, CancellationToken cancellationToken)
    {
        GrainState<TierState> state = new(new TierState());
        await GuardAsync(key, "loaded", () => storage.ReadStateAsync(StateName, IdOf(key), state, cancellationToken));
        return state;
    }

    private static async ValueTask GuardAsync(StateKey key, string verb, Func<Task> call)
    {
        try
        {
            await call();
        }
        catch (InconsistentStateException error)
        {
            throw new StoreException(
                StoreProblem.Conflict, key.Value, "somebody else saved this state since it was loaded; its owner has to load it again", error);
        }
        catch (Exception error) when (error is not (OperationCanceledException or NestedLearningException))
        {
            throw new StoreException(StoreProblem.Unavailable, key.Value, $"the state cannot be {verb}: {error.Message}", error);
        }
    }
}
