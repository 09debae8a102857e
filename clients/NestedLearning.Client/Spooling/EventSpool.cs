using NestedLearning.Models;

namespace NestedLearning.Client;

/// <summary>
/// A source's events in a file, from before they are sent until they are durable: they survive this process. The file is
/// bounded, every record has a checksum, and what a crash cut off was never accepted. It is deleted once nothing is in it.
/// Not safe for concurrent use.
/// </summary>
internal sealed class EventSpool : IDisposable
{
    /// <summary>Records that are done with stay until they are so much and half of the file, so that few bytes are copied.</summary>
    private const int WorthCompacting = 64 * 1024;

    private readonly SpoolFile _file;
    private readonly int _maxBytes;
    private readonly Queue<(long Last, int End)> _records = new();
    private long _durableThrough;
    private int _done;

    private EventSpool(SpoolFile file, int maxBytes)
    {
        _file = file;
        _maxBytes = maxBytes;
    }

    /// <summary>The highest number in it; 0 where there is none.</summary>
    public long Last { get; private set; }

    /// <summary>Opens a spool; nothing else may have it open.</summary>
    /// <exception cref="SpoolException">It is in use, or cannot be read.</exception>
    public static EventSpool Open(string path, int maxBytes) => new(SpoolFile.Open(path), maxBytes);

    /// <summary>Reads what was kept; what was durable when it was, is left out.</summary>
    /// <returns>The number up to which events were durable, and the events after it.</returns>
    /// <exception cref="SpoolException">It is damaged.</exception>
    public async Task<(long After, IReadOnlyList<LearningEvent> Events)> ReadAsync(CancellationToken cancellationToken)
    {
        _records.Clear();
        _done = 0;
        List<LearningEvent> events = [];
        int end = 0;
        foreach (ReadOnlyMemory<byte> record in _file.ReadRecords())
        {
            (long durable, IReadOnlyList<LearningEvent> kept) = await SpoolRecord.ReadAsync(record, cancellationToken);
            events.AddRange(kept);
            end += record.Length;
            _records.Enqueue((kept.Count > 0 ? kept[^1].Sequence : durable, end));
            _durableThrough = Math.Max(_durableThrough, durable);
        }

        events.RemoveAll(kept => kept.Sequence <= _durableThrough);
        Last = events.Count > 0 ? events[^1].Sequence : 0;
        return (_durableThrough, events);
    }

    /// <summary>Keeps events; they are on the disk when it returns.</summary>
    /// <exception cref="SpoolException">There is no room.</exception>
    public void Append(IReadOnlyList<LearningEvent> events)
    {
        if (!TryAppend(events))
        {
            throw new SpoolException(SpoolProblem.Full, _file.Path, $"would grow beyond {_maxBytes} bytes by {events.Count} events; accepted are fewer at once");
        }
    }

    /// <summary>The same; false where they do not fit beside what is not durable.</summary>
    public bool TryAppend(IReadOnlyList<LearningEvent> events)
    {
        if (events.Count == 0)
        {
            return true;
        }

        ReadOnlyMemory<byte> record = SpoolRecord.Write(_durableThrough, events);
        if (_file.Length + record.Length > _maxBytes)
        {
            return false;
        }

        _file.Append(record.Span);
        Last = events[^1].Sequence;
        _records.Enqueue((Last, _file.Length));
        return true;
    }

    /// <summary>Takes the events of the last record back that come after a number: one of them was refused.</summary>
    public void TakeBack(IReadOnlyList<LearningEvent> added, long after)
    {
        if (added.Count == 0)
        {
            return;
        }

        (long, int)[] before = [.. _records.SkipLast(1)];
        _records.Clear();
        Array.ForEach(before, _records.Enqueue);
        _file.Truncate(before.Length > 0 ? before[^1].Item2 : 0);
        Last = before.Length > 0 ? before[^1].Item1 : 0;
        Append([.. added.Where(kept => kept.Sequence <= after)]);
    }

    /// <summary>Lets go of what is durable.</summary>
    public void Release(long durableThrough)
    {
        _durableThrough = durableThrough;
        while (_records.TryPeek(out (long Last, int End) first) && first.Last <= durableThrough)
        {
            _done = _records.Dequeue().End;
        }

        if (_records.Count == 0)
        {
            _file.Truncate(0);
            (_done, Last) = (0, 0);
        }
        else if (_done >= WorthCompacting && _done * 2L > _file.Length)
        {
            Compact();
        }
    }

    /// <summary>Begins anew, and leaves what was kept in a file beside.</summary>
    public void SetAside()
    {
        _file.SetAside();
        _records.Clear();
        (_done, Last, _durableThrough) = (0, 0, 0);
    }

    /// <summary>Closes the file, and deletes it where nothing is in it.</summary>
    public void Dispose() => _file.Dispose();

    private void Compact()
    {
        _file.DropFirst(_done);
        (long Last, int End)[] left = [.. _records];
        _records.Clear();
        foreach ((long last, int end) in left)
        {
            _records.Enqueue((last, end - _done));
        }

        _done = 0;
    }
}
