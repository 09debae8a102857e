namespace NestedLearning.Tiers;

/// <summary>One shard as a store keeps it; a holder and times only while it is leased, and of its last lease the number.</summary>
internal sealed record ShardRecord
{
    public ShardState State { get; init; }

    public int Worker { get; init; }

    public long Lease { get; init; }

    public DateTimeOffset GrantedAt { get; init; }

    public DateTimeOffset RenewedAt { get; init; }

    public ShardReport Report { get; init; }

    /// <summary>The shard without its holder.</summary>
    public ShardRecord Free(ShardState state) => new() { State = state, Lease = Lease, Report = Report };

    /// <summary>With a report; one that is repeated may come after a later one, and what was durable once stays so.</summary>
    public ShardRecord With(ShardReport report) => this with
    {
        Report = new ShardReport(
            Math.Max(Report.DurableThrough, report.DurableThrough),
            Math.Max(Report.Learned, report.Learned),
            Math.Max(Report.Correct, report.Correct)),
    };
}
