using NestedLearning.Tiers;

namespace NestedLearning.Hosting;

/// <summary>Counts what the memories of a process learn, those included that leave it. Safe for concurrent use.</summary>
public sealed class LearningCounter
{
    private readonly Lock _lock = new();
    private LearningTotals _totals;

    /// <summary>What was learned since the process started, and how well it was known before.</summary>
    public LearningTotals Read()
    {
        lock (_lock)
        {
            return _totals;
        }
    }

    internal void Add(LearningTotals learned)
    {
        lock (_lock)
        {
            _totals += learned;
        }
    }
}
