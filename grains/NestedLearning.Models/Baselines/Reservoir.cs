namespace NestedLearning.Models;

/// <summary>
/// A uniform sample of everything added so far, of fixed size (Vitter, <i>Random Sampling with a Reservoir</i>, 1985,
/// algorithm R).
/// </summary>
internal sealed class Reservoir(int capacity, int seed)
{
    private readonly KeyedExample[] _kept = new KeyedExample[capacity];
    private readonly Random _random = new(seed);
    private long _added;

    /// <summary>The number of examples kept.</summary>
    public int Count => (int)Math.Min(_added, _kept.Length);

    /// <summary>Keeps the example with probability capacity / number added, in place of another.</summary>
    public void Add(KeyedExample example)
    {
        _added++;
        long place = _added <= _kept.Length ? _added - 1 : _random.NextInt64(_added);
        if (place < _kept.Length)
        {
            _kept[place] = example;
        }
    }

    /// <summary>One of the kept examples, each as likely as the others; at least one has to be kept.</summary>
    public KeyedExample Draw() => _kept[_random.Next(Count)];
}
