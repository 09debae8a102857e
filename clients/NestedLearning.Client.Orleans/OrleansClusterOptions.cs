namespace NestedLearning.Client.Orleans;

/// <summary>How a .NET service feeds a cluster.</summary>
public sealed class OrleansClusterOptions
{
    /// <summary>Events in one call, at least 1; default 1,024.</summary>
    public int EventsPerCall { get; set; } = 1024;

    /// <summary>
    /// How many events that are not durable yet are kept for each source, at least 1; default 1,000,000. Where there would
    /// be more, the memory is flushed.
    /// </summary>
    public int MaxKeptEvents { get; set; } = 1_000_000;

    /// <summary>Reports every violation at once.</summary>
    /// <exception cref="InvalidClusterOptionsException">At least one option is out of its range.</exception>
    public void Validate()
    {
        List<string> violations = [];
        Check(nameof(EventsPerCall), EventsPerCall);
        Check(nameof(MaxKeptEvents), MaxKeptEvents);
        if (violations.Count > 0)
        {
            throw new InvalidClusterOptionsException(violations);
        }

        void Check(string option, int value)
        {
            if (value < 1)
            {
                violations.Add($"{option} is {value}, accepted: at least 1");
            }
        }
    }
}
