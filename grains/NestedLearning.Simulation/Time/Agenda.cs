namespace NestedLearning.Simulation;

/// <summary>What happens when, in virtual time. What is due at one moment happens in the order in which it was entered.</summary>
internal sealed class Agenda
{
    private readonly PriorityQueue<Action, (TimeSpan Due, long Order)> _entries = new();
    private long _order;

    /// <summary>The time since the run began.</summary>
    public TimeSpan Now { get; private set; }

    /// <summary>How much is still to happen.</summary>
    public int Count => _entries.Count;

    /// <summary>How much has happened.</summary>
    public long Steps { get; private set; }

    public void After(TimeSpan delay, Action action) => _entries.Enqueue(action, (Now + delay, _order++));

    /// <summary>Moves the clock to the next entry, and lets it happen.</summary>
    /// <returns>False when nothing is left.</returns>
    public bool RunNext()
    {
        if (!_entries.TryDequeue(out Action? action, out (TimeSpan Due, long Order) when))
        {
            return false;
        }

        Now = when.Due;
        Steps++;
        action();
        return true;
    }
}
