namespace NestedLearning.Client;

/// <summary>How a client talks to a gateway.</summary>
public sealed record HttpClusterOptions
{
    /// <summary>
    /// How often a request is repeated when the server cannot be reached, or cannot reach its store, at least 0; default 10,
    /// which with the default delays gives either about a minute to come back.
    /// </summary>
    public int MaxRetries { get; init; } = 10;

    /// <summary>The first pause before a request is repeated; each is about twice the one before, with jitter. Default 0.2 seconds.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(0.2);

    /// <summary>The longest pause; default 10 seconds.</summary>
    public TimeSpan MaxRetryDelay { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Events in one request, at least 1; default 1,024.</summary>
    public int EventsPerRequest { get; init; } = 1024;

    /// <summary>Questions in one request, at least 1; no more than the gateway takes, 1,024 by default; default 256.</summary>
    public int InputsPerRequest { get; init; } = 256;

    /// <summary>
    /// How many events that are not durable yet are kept for each source, at least 1; default 1,000,000. Where there would
    /// be more, the memory is flushed.
    /// </summary>
    public int MaxKeptEvents { get; init; } = 1_000_000;

    /// <summary>
    /// Where events are kept in files from before they are sent until they are durable, so that they survive this process too;
    /// null for memory alone. A file belongs to one source, and to one client at a time; every feed waits for the disk.
    /// </summary>
    public string? SpoolDirectory { get; init; }

    /// <summary>
    /// The most bytes in the spool of one source, 4,096 to 1,073,741,824; default 256 MiB. Where there would be more, the
    /// memory is flushed.
    /// </summary>
    public int MaxSpoolBytes { get; init; } = 256 * 1024 * 1024;

    /// <summary>
    /// The key that the gateway asks for, as it was shown when it was made; null for none. It goes to the gateway's address only,
    /// and readable by all on the way unless that begins with <c>https</c>.
    /// </summary>
    public string? Key { get; init; }

    /// <summary>The clock for the pauses.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The name alone, so that nothing writes the key down by accident.</summary>
    public override string ToString() => nameof(HttpClusterOptions);

    /// <summary>Reports every violation at once.</summary>
    /// <exception cref="InvalidClientOptionsException">At least one option is out of its range.</exception>
    public void Validate()
    {
        List<string> violations = [];
        Check(MaxRetries >= 0, nameof(MaxRetries), MaxRetries, "at least 0");
        Check(RetryDelay >= TimeSpan.Zero && RetryDelay <= TimeSpan.FromDays(1), nameof(RetryDelay), RetryDelay, "0 to a day");
        Check(MaxRetryDelay >= TimeSpan.Zero && MaxRetryDelay <= TimeSpan.FromDays(1), nameof(MaxRetryDelay), MaxRetryDelay, "0 to a day");
        Check(EventsPerRequest >= 1, nameof(EventsPerRequest), EventsPerRequest, "at least 1");
        Check(InputsPerRequest >= 1, nameof(InputsPerRequest), InputsPerRequest, "at least 1");
        Check(MaxKeptEvents >= 1, nameof(MaxKeptEvents), MaxKeptEvents, "at least 1");
        Check(MaxSpoolBytes is >= 4096 and <= 1024 * 1024 * 1024, nameof(MaxSpoolBytes), MaxSpoolBytes, "4096 to 1073741824");
        if (Key is not null && (Key.Length == 0 || !Key.All(c => c is > ' ' and <= '~')))
        {
            violations.Add($"{nameof(Key)} is not shown, accepted: printable ASCII without spaces");
        }

        if (violations.Count > 0)
        {
            throw new InvalidClientOptionsException(violations);
        }

        void Check<T>(bool holds, string option, T value, string accepted)
        {
            if (!holds)
            {
                violations.Add(FormattableString.Invariant($"{option} is {value}, accepted: {accepted}"));
            }
        }
    }
}
