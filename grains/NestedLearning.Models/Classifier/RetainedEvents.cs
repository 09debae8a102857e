using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>
/// The events a memory has learned that no adopted version contains yet, oldest first, and which drain each went into.
/// The fast memory is a function of the adopted version and of these events, so they are all that has to be saved.
/// </summary>
internal sealed partial class RetainedEvents(int features)
{
    private readonly Int8Rows _keys = new();
    private Int8Rows _targets = new();
    private readonly List<ushort> _classes = [];
    private readonly Queue<(long Sequence, int Events)> _drains = new();
    private int _drained;

    /// <summary>All events.</summary>
    public int Count => _keys.Count;

    /// <summary>The events in no drain yet.</summary>
    public int Pending => Count - _drained;

    /// <summary>The bytes that the events occupy.</summary>
    public long SizeBytes => _keys.SizeBytes + _targets.SizeBytes + (_classes.Capacity * sizeof(ushort));

    /// <summary>The keys of the events.</summary>
    public Int8Rows Keys => _keys;

    public SparseVector Key(int index) => _keys[index];

    public SparseVector Targets(int index) => _targets[index];

    public int Class(int index) => _classes[index];

    /// <summary>Adds an event; the key and the targets must be as <see cref="Int8Rows"/> gives them back.</summary>
    public void Add(in SparseVector key, int label, in SparseVector targets)
    {
        _keys.Add(key);
        _targets.Add(targets);
        _classes.Add((ushort)label);
    }

    /// <summary>
    /// Gathers the events that are in no drain yet into the drain of this sequence, as an update's body. The first
    /// <paramref name="knownClasses"/> classes are the level's own, so only the labels after them travel.
    /// </summary>
    public Contribution Drain(long sequence, ClassTable classes, int knownClasses, bool withTargets)
    {
        int first = _drained;
        int events = Pending;
        _drains.Enqueue((sequence, events));
        _drained = Count;
        TensorSet body = Write(first, events, classes, knownClasses);
        if (withTargets)
        {
            body.Add(new SparseTensor(SlowTensors.Targets, _targets.ToSparseRows(first, events, classes.Count)));
        }

        return new Contribution(events, body) { Sums = SlowSums.Of(body, features, classes.Count) };
    }

    /// <summary>Drops the events of every drain up to this sequence; true when there were any.</summary>
    public bool Release(long foldedThrough)
    {
        int released = 0;
        while (_drains.TryPeek(out (long Sequence, int Events) drain) && drain.Sequence <= foldedThrough)
        {
            released += _drains.Dequeue().Events;
        }

        _keys.RemoveFirst(released);
        _targets.RemoveFirst(released);
        _classes.RemoveRange(0, released);
        _drained -= released;
        return released > 0;
    }

    /// <summary>Renumbers the classes, after a version brought a table of its own.</summary>
    public void Renumber(IReadOnlyList<int> numbers)
    {
        if (numbers.Select((number, i) => number == i).All(same => same))
        {
            return;
        }

        Int8Rows renumbered = new();
        for (int i = 0; i < Count; i++)
        {
            _classes[i] = (ushort)numbers[_classes[i]];
            SparseVector old = _targets[i];
            ushort[] indices = Array.ConvertAll(old.Indices.ToArray(), index => (ushort)numbers[index]);
            float[] values = old.Values.ToArray();
            Array.Sort(indices, values);
            renumbered.Add(new SparseVector(indices, values));
        }

        _targets = renumbered;
    }

    private TensorSet Write(int first, int events, ClassTable classes, int knownClasses) =>
    [
        new SparseTensor(SlowTensors.Keys, _keys.ToSparseRows(first, events, features)),
        new IntegerTensor(SlowTensors.Classes, _classes.Skip(first).Take(events).Select(c => (long)c).ToArray()),
        new IntegerTensor(SlowTensors.KnownClasses, new long[] { knownClasses }),
        new TextTensor(SlowTensors.Labels, classes.Labels.Skip(knownClasses).ToArray()),
    ];
}
