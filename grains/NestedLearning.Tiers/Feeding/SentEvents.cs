using NestedLearning.Models;

namespace NestedLearning.Tiers;

/// <summary>
/// One source's events that a memory has not made durable yet, in their order. What is in here survives the server.
/// Not safe for concurrent use; its feeds take turns by <see cref="Turn"/>.
/// </summary>
internal sealed class SentEvents
{
    private readonly List<LearningEvent> _kept = [];
    private long _last;
    private long _start;

    /// <summary>Held by whoever feeds or flushes, so that events of a source go up in their order.</summary>
    public SemaphoreSlim Turn { get; } = new(1, 1);

    /// <summary>What is applied and durable, as the server said last.</summary>
    public Receipt Marks { get; private set; }

    public int Count => _kept.Count;

    /// <summary>Whether something has to be sent, for the first time or again.</summary>
    public bool HasPending => _kept.Count > 0 && _kept[^1].Sequence > Marks.AppliedThrough;

    /// <summary>
    /// The sender goes on after a number; what came before it is not kept here, and cannot be sent again.
    /// </summary>
    public void GoOnAfter(long sequence)
    {
        if (_kept.Count == 0 && sequence > Marks.AppliedThrough)
        {
            Marks = Marks with { AppliedThrough = sequence };
            _start = sequence;
        }
    }

    /// <summary>The memory has less than it said, or than the sender said.</summary>
    /// <returns>False when events are missing that are not kept here.</returns>
    public bool TryGoBack(long appliedThrough)
    {
        bool isKept = appliedThrough >= _start;
        _start = Math.Min(_start, appliedThrough);
        Accept(Marks with { AppliedThrough = appliedThrough });
        return isKept;
    }

    /// <summary>
    /// Keeps events; those that were kept before, or are durable, are known. What the server has applied is kept all the
    /// same: it may lose it as long as it is not durable.
    /// </summary>
    public void Add(IEnumerable<LearningEvent> events)
    {
        foreach (LearningEvent added in events)
        {
            if (added.Sequence > Math.Max(_last, Marks.DurableThrough))
            {
                _kept.Add(added);
                _last = added.Sequence;
            }
        }
    }

    /// <summary>The first of those that have to be sent.</summary>
    public IReadOnlyList<LearningEvent> Pending(int most)
    {
        int start = FirstAfter(Marks.AppliedThrough);
        return _kept.GetRange(start, Math.Min(most, _kept.Count - start));
    }

    /// <summary>Takes a receipt; what is durable need not be kept. Less applied than before means that it is sent again.</summary>
    /// <exception cref="DurableEventsLostException">The server has less than it called durable.</exception>
    public void Accept(Receipt marks)
    {
        if (marks.AppliedThrough < Marks.DurableThrough)
        {
            DurableEventsLostException lost = new(marks.AppliedThrough, Marks.DurableThrough);
            Marks = marks;
            _last = 0;
            _kept.Clear();
            throw lost;
        }

        Marks = marks;
        _kept.RemoveRange(0, FirstAfter(marks.DurableThrough));
    }

    /// <summary>Forgets what is not applied, after an error that its sender hears of.</summary>
    public void ForgetPending()
    {
        int start = FirstAfter(Marks.AppliedThrough);
        _kept.RemoveRange(start, _kept.Count - start);
        _last = _kept.Count > 0 ? _kept[^1].Sequence : 0;
    }

    private int FirstAfter(long sequence)
    {
        (int low, int high) = (0, _kept.Count);
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = _kept[middle].Sequence > sequence ? (low, middle) : (middle + 1, high);
        }

        return low;
    }
}
