namespace NestedLearning.Gateway.Dashboard.Recording;

/// <summary>How many events were learned in each of the last seconds.</summary>
internal sealed class Pace
{
    /// <summary>How many seconds are kept.</summary>
    public const int Seconds = 60;

    private readonly long[] _counts = new long[Seconds];
    private long _newest;

    public void Add(DateTimeOffset now, long events)
    {
        MoveTo(now);
        _counts[_newest % Seconds] += events;
    }

    /// <summary>The counts of whole seconds before now, oldest first.</summary>
    public IReadOnlyList<long> Read(DateTimeOffset now)
    {
        MoveTo(now);
        return [.. Enumerable.Range(1, Seconds - 1).Select(back => _counts[(_newest + back) % Seconds])];
    }

    /// <summary>Clears the seconds that passed without an event; a clock that goes back counts in the newest second.</summary>
    private void MoveTo(DateTimeOffset now)
    {
        long second = now.ToUnixTimeSeconds();
        for (long passed = Math.Max(_newest + 1, second - Seconds + 1); passed <= second; passed++)
        {
            _counts[passed % Seconds] = 0;
        }

        _newest = Math.Max(_newest, second);
    }
}
