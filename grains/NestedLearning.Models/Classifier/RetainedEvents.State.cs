using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <content>
/// What is saved. Of the classes only those that the events speak of: the others come back with the version, and a model
/// may have more of them than all that an idle memory holds.
/// </content>
internal sealed partial class RetainedEvents
{
    /// <summary>Everything, for <see cref="Load"/>.</summary>
    public TensorSet Save(ClassTable classes)
    {
        int[] spoken = [.. SpokenOf().Order()];
        Dictionary<int, int> numbers = spoken.Index().ToDictionary(pair => pair.Item, pair => pair.Index);
        return
        [
            new SparseTensor(SlowTensors.Keys, _keys.ToSparseRows(0, Count, features)),
            new IntegerTensor(SlowTensors.Classes, _classes.Select(label => (long)numbers[label]).ToArray()),
            new TextTensor(SlowTensors.Labels, [.. spoken.Select(label => classes[label])]),
            new SparseTensor(SlowTensors.Targets, SparseRows.Stack(spoken.Length, RenumberedTargets(numbers))),
            new IntegerTensor(SlowTensors.Drains, _drains.SelectMany(drain => new[] { drain.Sequence, drain.Events }).ToArray()),
        ];
    }

    /// <summary>Takes up what <see cref="Save"/> made, and returns the classes that its events are numbered by.</summary>
    public ClassTable Load(TensorSet state)
    {
        SparseRows keys = state.Get<SparseTensor>(SlowTensors.Keys).Rows;
        SparseRows targets = state.Get<SparseTensor>(SlowTensors.Targets).Rows;
        ReadOnlySpan<long> labels = state.Get<IntegerTensor>(SlowTensors.Classes).Values.Span;
        for (int i = 0; i < keys.Rows; i++)
        {
            Add(keys[i], (int)labels[i], targets[i]);
        }

        foreach (long[] drain in state.Get<IntegerTensor>(SlowTensors.Drains).Values.ToArray().Chunk(2))
        {
            _drains.Enqueue((drain[0], (int)drain[1]));
            _drained += (int)drain[1];
        }

        return ClassTable.Of(state.Get<TextTensor>(SlowTensors.Labels).Texts);
    }

    private HashSet<int> SpokenOf()
    {
        HashSet<int> classes = [];
        for (int i = 0; i < Count; i++)
        {
            classes.Add(_classes[i]);
            foreach (ushort other in _targets.Indices(i))
            {
                classes.Add(other);
            }
        }

        return classes;
    }

    /// <summary>The targets by other numbers of the classes, which keep their order.</summary>
    private SparseVector[] RenumberedTargets(Dictionary<int, int> numbers)
    {
        SparseVector[] rows = new SparseVector[Count];
        for (int i = 0; i < Count; i++)
        {
            ushort[] indices = [.. _targets.Indices(i).ToArray().Select(other => (ushort)numbers[other])];
            rows[i] = new SparseVector(indices, _targets[i].Values);
        }

        return rows;
    }
}
