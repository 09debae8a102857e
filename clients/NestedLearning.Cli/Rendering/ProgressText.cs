namespace NestedLearning.Cli.Rendering;

/// <summary>Says in words how far work is.</summary>
internal sealed class ProgressText(string title, string unit, long? total, TimeProvider time)
{
    private readonly long _start = time.GetTimestamp();

    /// <summary>How many there are; null if that is unknown.</summary>
    public long? Total => total;

    /// <summary>Such as "Learning: 4,000 of 10,000 events, 1,234/s, accuracy 91.2 %".</summary>
    public string Describe(long done, string? note)
    {
        string of = total is { } all ? $" of {Figures.Count(all)}" : "";
        string rate = Figures.Rate(done, time.GetElapsedTime(_start));
        string suffix = string.IsNullOrEmpty(note) ? "" : $", {note}";
        return $"{title}: {Figures.Count(done)}{of} {unit}, {rate}{suffix}";
    }
}
