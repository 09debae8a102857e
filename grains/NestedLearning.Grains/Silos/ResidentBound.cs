namespace NestedLearning.Grains;

/// <summary>
/// Keeps the residents within a number and a sum of bytes: when there are more, the idle ones that were used longest ago
/// are told to leave. A resident that a call uses stays, and so does the one that was used last, whatever its size.
/// </summary>
/// <remarks>Everything takes the same few steps, however many residents there are.</remarks>
internal sealed class ResidentBound(int maxCount, long maxBytes)
{
    /// <summary>How many may be on their way out, still saving, before whoever opens another waits for one of them.</summary>
    internal const int MaxLeaving = 64;

    private readonly Lock _lock = new();
    private readonly LinkedList<Resident> _idle = []; // used longest ago first
    private readonly LinkedList<Resident> _leaving = [];
    private int _count;
    private long _bytes;

    /// <summary>Returns at once, or where many are leaving, once one more of them is gone.</summary>
    public Task MakeRoomAsync()
    {
        lock (_lock)
        {
            if (_leaving.Count < MaxLeaving)
            {
                return Task.CompletedTask;
            }

            // Each waits for another one, so that no more come than have gone.
            Resident oldest = _leaving.First!.Value;
            _leaving.RemoveFirst();
            return oldest.Gone;
        }
    }

    /// <summary>Counts one more; others leave for it.</summary>
    public void Add(Resident resident, long bytes)
    {
        lock (_lock)
        {
            resident.Bytes = bytes;
            _count++;
            _bytes += bytes;
            _idle.AddLast(resident.Place);
        }

        LetLeave(resident);
    }

    /// <summary>A call begins to use it.</summary>
    public void Use(Resident resident)
    {
        lock (_lock)
        {
            if (resident.Uses++ == 0 && !resident.IsLeaving)
            {
                _idle.Remove(resident.Place);
            }
        }
    }

    /// <summary>A call has used it, and this is what it weighs now.</summary>
    public void Release(Resident resident, long bytes)
    {
        lock (_lock)
        {
            resident.Uses--;
            if (resident.IsLeaving)
            {
                return;
            }

            _bytes += bytes - resident.Bytes;
            resident.Bytes = bytes;
            if (resident.Uses == 0)
            {
                _idle.AddLast(resident.Place);
            }
        }

        LetLeave(resident);
    }

    /// <summary>It has left, whoever told it to.</summary>
    public void Remove(Resident resident)
    {
        lock (_lock)
        {
            resident.Place.List?.Remove(resident.Place);
            if (!resident.IsLeaving)
            {
                Uncount(resident);
            }
        }

        resident.ConfirmGone();
    }

    private void LetLeave(Resident latest)
    {
        while (TakeOldest(latest) is { } oldest)
        {
            TierMetrics.EvictedMemories.Add(1);
            oldest.Leave();
        }
    }

    private Resident? TakeOldest(Resident latest)
    {
        lock (_lock)
        {
            if ((_count <= maxCount && _bytes <= maxBytes) || _idle.First is not { } oldest || oldest.Value == latest)
            {
                return null;
            }

            _idle.RemoveFirst();
            _leaving.AddLast(oldest);
            oldest.Value.StartLeaving();
            Uncount(oldest.Value);
            return oldest.Value;
        }
    }

    private void Uncount(Resident resident)
    {
        _count--;
        _bytes -= resident.Bytes;
    }
}
