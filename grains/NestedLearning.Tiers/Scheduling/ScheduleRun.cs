namespace NestedLearning.Tiers;

/// <summary>The record of one run.</summary>
/// <param name="Number">Its number among the runs of its schedule, from 1.</param>
/// <param name="Cause">Why it ran.</param>
/// <param name="Planned">The time it stands for: of several missed ones the first.</param>
/// <param name="Started">When it began.</param>
/// <param name="Owner">Who ran it.</param>
public sealed record ScheduleRun(long Number, RunCause Cause, DateTimeOffset Planned, DateTimeOffset Started, string Owner)
{
    /// <summary>The request that it answers; 0 when nobody asked.</summary>
    public long Ticket { get; init; }

    /// <summary>When it ended; null while it is under way.</summary>
    public DateTimeOffset? Ended { get; init; }

    /// <summary>What became of it.</summary>
    public RunOutcome Outcome { get; init; }

    /// <summary>What came of it, in one line.</summary>
    public string Detail { get; init; } = "";

    /// <summary>What an evaluation found of each source, by name, at most <see cref="EvaluationReport.MaxSources"/>; null where there are no probes.</summary>
    public IReadOnlyList<ProbeScore>? Probes { get; init; }

    /// <summary>The numbers that the detail tells of, by name.</summary>
    public IReadOnlyDictionary<string, double> Figures { get; init; } = RunResult.NoFigures;
}
