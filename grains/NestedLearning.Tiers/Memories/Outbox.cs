using NestedLearning.Models;
using NestedLearning.Tensors;

namespace NestedLearning.Tiers;

/// <summary>
/// A memory's updates to one shared level: <c>durable ≤ saved ≤ last</c>, and those after durable are kept. Nothing leaves before it
/// is saved here, so that after a crash the same update goes up under the same number.
/// </summary>
internal sealed class Outbox(LevelSpec level, RoundPolicy policy)
{
    private readonly Queue<OutboxEntry> _entries = new();
    private readonly Staleness _staleness = new(policy, level.Kind);
    private long _applied;
    private long _adopted;
    private long _saved;
    private long _lastInSave;

    public LevelSpec Level => level;

    /// <summary>What turns contributions into frames; what it keeps is saved with the outbox.</summary>
    public UpdateEncoder Encoder { get; } = new(level.Kind, policy.Updates);

    /// <summary>The number of the last update.</summary>
    public long Last { get; private set; }

    /// <summary>The last update that the consolidator said it took.</summary>
    public long Applied => _applied;

    /// <summary>The last update that was called durable, and is not kept.</summary>
    public long Durable => Last - _entries.Count;

    /// <summary>The bytes that the kept updates, and what they could not carry, occupy.</summary>
    public long SizeBytes => _entries.Sum(entry => (long)entry.Frame.Length) + Encoder.SizeBytes;

    /// <summary>The updates that are in no version that the memory has adopted.</summary>
    public int UnderWay => (int)(Last - _adopted);

    /// <summary>The version that the memory has adopted.</summary>
    public long Version { get; private set; }

    /// <summary>The events that had been folded into that version.</summary>
    public long FoldedEvents { get; private set; }

    /// <summary>The saved updates that the consolidator has not taken in, in order.</summary>
    public IReadOnlyList<OutboxEntry> Sendable =>
        [.. _entries.Where(entry => entry.Sequence > _applied && entry.Sequence <= _saved)];

    public void Add(OutboxEntry entry)
    {
        _entries.Enqueue(entry);
        Last = entry.Sequence;
    }

    /// <summary>
    /// Drops what is durable. A consolidator that lost its open round answers with a lower mark than before, and what
    /// it lost becomes sendable again.
    /// </summary>
    public void Accept(Receipt receipt)
    {
        _applied = receipt.AppliedThrough;
        while (_entries.TryPeek(out OutboxEntry? entry) && entry.Sequence <= receipt.DurableThrough)
        {
            _entries.Dequeue();
        }

        // A memory that lost its own state joins where the consolidator knows it to be.
        Last = Math.Max(Last, receipt.DurableThrough);
        _saved = Math.Max(_saved, receipt.DurableThrough);
    }

    /// <summary>The memory has adopted a version, which contains what is durable of its updates.</summary>
    public void Adopt(LevelVersion version, Receipt marks)
    {
        Version = version.Number;
        FoldedEvents = version.Events;
        Accept(marks);
        _adopted = marks.DurableThrough;
        MoveLateOnes();
    }

    /// <summary>What the last <see cref="Save"/> wrote is durable.</summary>
    public void ConfirmSaved() => _saved = _lastInSave;

    public void Save(TensorSet state)
    {
        string prefix = $"outbox/{level.Id}";
        _lastInSave = Last;
        state.Add(new IntegerTensor(prefix, new[] { Last }.Concat(_entries.Select(entry => entry.Sequence)).ToArray()));
        foreach (OutboxEntry entry in _entries)
        {
            state.Add(new BytesTensor($"{prefix}/{entry.Sequence}", entry.Frame));
        }

        Encoder.Save(state, $"rest/{level.Id}");
    }

    public void Load(TensorSet state)
    {
        string prefix = $"outbox/{level.Id}";
        ReadOnlySpan<long> numbers = state.Get<IntegerTensor>(prefix).Values.Span;
        foreach (long sequence in numbers[1..])
        {
            _entries.Enqueue(new OutboxEntry(sequence, state.Get<BytesTensor>($"{prefix}/{sequence}").Bytes));
        }

        Encoder.Load(state, $"rest/{level.Id}");
        Last = numbers[0];
        _saved = numbers[0];
    }

    /// <summary>
    /// The memory goes on from the version it has adopted, with its own movement on top: so that is what an update is based on now that
    /// the consolidator would not take on its old base. Its number stays, and with it that it counts once.
    /// </summary>
    private void MoveLateOnes()
    {
        for (int left = _entries.Count; left > 0; left--)
        {
            OutboxEntry entry = _entries.Dequeue();
            bool moves = entry.Sequence > _applied && _staleness.IsTooLate(FrameBase.Read(entry.Frame.Span), Version);
            _entries.Enqueue(moves ? entry with { Frame = FrameBase.Move(entry.Frame.Span, Version) } : entry);
        }
    }
}
