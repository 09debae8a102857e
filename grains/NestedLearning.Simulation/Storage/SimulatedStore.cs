using System.Globalization;
using NestedLearning.Tiers;

namespace NestedLearning.Simulation;

/// <summary>What survives every crash: the states that all nodes share, each guarded by its tag.</summary>
internal sealed class SimulatedStore
{
    private readonly SortedDictionary<string, StoredState> _states = new(StringComparer.Ordinal);
    private long _saves;

    /// <summary>Told of every change, right after it.</summary>
    public Action<StateKey> Changed { get; set; } = _ => { };

    public IEnumerable<KeyValuePair<string, StoredState>> States => _states;

    public StoredState? Load(StateKey key) => _states.GetValueOrDefault(key.Value);

    /// <exception cref="StoreException">Somebody else saved since.</exception>
    public string Save(StateKey key, ReadOnlyMemory<byte> state, string? expectedETag)
    {
        string? found = Load(key)?.ETag;
        if (found != expectedETag)
        {
            throw new StoreException(StoreProblem.Conflict, key.Value, $"expected tag {expectedETag ?? "none"}, found {found ?? "none"}");
        }

        string tag = (++_saves).ToString(CultureInfo.InvariantCulture);
        _states[key.Value] = new StoredState(state, tag);
        Changed(key);
        return tag;
    }

    public void Delete(StateKey key)
    {
        if (_states.Remove(key.Value))
        {
            Changed(key);
        }
    }
}
