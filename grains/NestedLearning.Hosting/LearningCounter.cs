namespace NestedLearning.Hosting;

/// <summary>Counts what the memories of a process learn, those included that leave it. Safe for concurrent use.</summary>
public sealed class LearningCounter
{
    private readonly Lock _lock = new();
    private long _learned;
    private long _correct;

    /// <summary>What was learned since the process started, and how much of that was predicted correctly before.</summary>
    public (long Learned, long Correct) Read()
    {
        lock (_lock)
        {
            return (_learned, _correct);
        }
    }

    internal void Add(long learned, long correct)
    {
        lock (_lock)
        {
            _learned += learned;
            _correct += correct;
        }
    }
}
