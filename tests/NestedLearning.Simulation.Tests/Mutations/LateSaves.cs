using NestedLearning.Tiers;

namespace NestedLearning.Simulation.Tests.Mutations;

/// <summary>A store that says a state is saved, and saves it a while later: a cache without a flush.</summary>
internal sealed class LateSaves(ITierStore inner, NodeLife life, Func<StateKey, bool> isLate) : StoreMutation(inner)
{
    private static readonly TimeSpan Delay = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, string> _tags = [];
    private readonly Dictionary<StateKey, Task> _saving = [];
    private int _promised;

    public static bool Memories(StateKey key) => IsMemory(key);

    public static bool Levels(StateKey key) => IsLevel(key);

    public static bool Quarantines(StateKey key) => IsQuarantine(key);

    public static bool Bases(StateKey key) => IsBase(key);

    public override ValueTask<string> SaveAsync(
        StateKey key, ReadOnlyMemory<byte> state, string? expectedETag, CancellationToken cancellationToken)
    {
        if (!isLate(key))
        {
            return base.SaveAsync(key, state, expectedETag, cancellationToken);
        }

        string promised = $"promised-{++_promised}";
        Task before = _saving.GetValueOrDefault(key, Task.CompletedTask);
        _saving[key] = SaveLaterAsync();
        return ValueTask.FromResult(promised);

        async Task SaveLaterAsync()
        {
            await before;
            await life.Delay(Delay);
            try
            {
                string? expected = expectedETag is null ? null : _tags.GetValueOrDefault(expectedETag, expectedETag);
                _tags[promised] = await base.SaveAsync(key, state, expected, cancellationToken);
            }
            catch (StoreException)
            {
                // Nobody hears of it.
            }
        }
    }
}
