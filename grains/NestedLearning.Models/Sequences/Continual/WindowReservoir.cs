namespace NestedLearning.Models;

/// <summary>
/// A fixed number of windows that were learned, each of all with the same chance to be among them (reservoir sampling, Vitter's algorithm R).
/// </summary>
internal sealed class WindowReservoir(int capacity, ulong seed)
{
    private readonly Random _random = new(unchecked((int)seed));
    private readonly List<TokenWindows> _kept = [];
    private long _seen;

    /// <summary>Takes some of the windows in, and others out.</summary>
    public void Add(TokenWindows windows)
    {
        for (int i = 0; i < windows.Count; i++)
        {
            long place = _random.NextInt64(++_seen);
            if (_kept.Count < capacity)
            {
                _kept.Add(windows.Part(i));
            }
            else if (place < capacity)
            {
                _kept[(int)place] = windows.Part(i);
            }
        }
    }

    /// <summary>Windows that are kept, drawn at random; none before it is full, for until then there is nothing old.</summary>
    public TokenWindows[] Draw(int count) => _kept.Count < capacity ? [] : [.. Enumerable.Range(0, count).Select(_ => _kept[_random.Next(capacity)])];
}
