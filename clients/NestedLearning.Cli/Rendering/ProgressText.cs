namespace NestedLearning.Cli.Rendering;

/// <summary>Says in words how far work is.</summary>
internal sealed class ProgressText(string title, string unit, long? total, TimeProvider time)
{
    private readonly long _start = time.GetTimestamp();

    /// <summary>How many were done before the work began.</summary>
    public long Before { get; set; }

    /// <summary>How many there are; null if that is unknown.</summary>
    public long? Total => total;

    /// <summary>Such as "Learning: goes on after 4,000 of 10,000 events".</summary>
    public string DescribeStart() => $"{title}: goes on after {Share(Before)} {unit}";

    /// <summary>Such as "Learning: 4,000 of 10,000 events, 1,234/s, accuracy 91.2 %".</summary>
    public string Describe(long done, string? note)
    {
        string rate = Figures.Rate(done - Before, time.GetElapsedTime(_start));
        string suffix = string.IsNullOrEmpty(note) ? "" : $", {note}";
        return $"{title}: {Share(done)} {unit}, {rate}{suffix}";
    }

    private string Share(long done) => Figures.Count(done) + (total is { } all ? $" of {Figures.Count(all)}" : "");
}
