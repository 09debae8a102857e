using System.Diagnostics.CodeAnalysis;

namespace NestedLearning.Tiers;

/// <summary>When a shared level folds, and whether memories wait for it.</summary>
public sealed record RoundPolicy
{
    /// <summary>The most that <see cref="Shards"/> may be.</summary>
    public const int MaxShards = 256;

    /// <summary>How many sources a round waits for, at least 1; default 1: every update is folded at once.</summary>
    public int MinContributors { get; init; } = 1;

    /// <summary>
    /// How long a round waits for them after its first update before it closes with those it has, above zero to 30 days;
    /// default 10 minutes.
    /// </summary>
    public TimeSpan MaxWait { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Whether a memory that sent an update waits for the version it goes into. True makes a run reproducible and equal
    /// to one on a single machine; false lets a memory learn and answer while the level folds. Default false.
    /// </summary>
    public bool Synchronous { get; init; }

    /// <summary>How many updates a memory may have under way before it waits, 1 to 64; default 4.</summary>
    public int MaxInFlight { get; init; } = 4;

    /// <summary>
    /// How versions travel down. Exact versions travel whole; coarser ones as differences to the version before, with
    /// what the coding lost put right by the next.
    /// </summary>
    public FloatEncoding VersionEncoding { get; init; } = FloatEncoding.Float32;

    /// <summary>How updates travel up; by default nothing is lost.</summary>
    [AllowNull] // what JSON leaves out
    public UpdateEncodings Updates { get; init => field = value ?? new(); } = new();

    /// <summary>
    /// How many versions the base of an update may be behind the one that it is folded onto, 0 to 1,000,000; null, the default, for no
    /// bound. A delta beyond it is not taken until its memory has adopted a newer version and moved it there; a gradient cannot be
    /// moved, and is folded as if it were this late. Statistics have no base and are never late. In asynchronous rounds, leave room
    /// for the versions that others make meanwhile.
    /// </summary>
    public int? MaxStaleness { get; init; }

    /// <summary>
    /// What a late gradient or delta is multiplied by for every version that it is late, above 0 to 1; null, the default, for 1.
    /// </summary>
    public double? StalenessDiscount { get; init; }

    /// <summary>
    /// How many events of one source a round takes, at least 1; null, the default, for no bound. What is more waits for the next round,
    /// but for a single update that is larger by itself.
    /// </summary>
    public long? MaxEventsPerSource { get; init; }

    /// <summary>Lets versions pass only when they answer as well as their parent; null, the default, for no gate.</summary>
    public GatePolicy? Gate { get; init; }

    /// <summary>
    /// How many of the last rounds a level keeps as they came, 0 to 1,000, so that they can be rolled back; default 16. They
    /// take the bytes of their updates, in the level's state.
    /// </summary>
    public int KeptRounds { get; init; } = 16;

    /// <summary>
    /// Whether a tenant can be taken out of the shared levels. They then keep every update for ever, in archives beside their state:
    /// about the bytes that were sent up. It has to be so from the first event on. Default false.
    /// </summary>
    public bool Forgettable { get; init; }

    /// <summary>
    /// Over how many shards a level spreads the work of a round, 1 to 256; default 1. Its owner alone takes updates, orders, judges, keeps
    /// and saves them, and solves; adding events up, most of what a large round costs, is done by all. Only where updates are sums. A
    /// round of few events stays with the owner.
    /// </summary>
    public int Shards { get; init; } = 1;

    /// <summary>Reports every violation at once.</summary>
    /// <exception cref="InvalidPolicyException">At least one setting is out of its range.</exception>
    public void Validate()
    {
        List<string> violations = [];
        if (MinContributors < 1)
        {
            violations.Add($"{nameof(MinContributors)} is {MinContributors}, accepted: at least 1");
        }

        if (MaxWait <= TimeSpan.Zero || MaxWait > TimeSpan.FromDays(30))
        {
            violations.Add($"{nameof(MaxWait)} is {MaxWait}, accepted: above zero, at most 30 days");
        }

        if (MaxInFlight is < 1 or > 64)
        {
            violations.Add($"{nameof(MaxInFlight)} is {MaxInFlight}, accepted: 1 to 64");
        }

        if (!Enum.IsDefined(VersionEncoding))
        {
            violations.Add($"{nameof(VersionEncoding)} is {VersionEncoding}, accepted: {string.Join(", ", Enum.GetNames<FloatEncoding>())}");
        }

        if (MaxStaleness is < 0 or > 1_000_000)
        {
            violations.Add($"{nameof(MaxStaleness)} is {MaxStaleness}, accepted: 0 to 1,000,000");
        }

        if (StalenessDiscount is not (null or (> 0 and <= 1)))
        {
            violations.Add(FormattableString.Invariant($"{nameof(StalenessDiscount)} is {StalenessDiscount}, accepted: above 0, at most 1"));
        }

        if (MaxEventsPerSource < 1)
        {
            violations.Add($"{nameof(MaxEventsPerSource)} is {MaxEventsPerSource}, accepted: at least 1");
        }

        if (KeptRounds is < 0 or > 1000)
        {
            violations.Add($"{nameof(KeptRounds)} is {KeptRounds}, accepted: 0 to 1,000");
        }

        if (Shards is < 1 or > MaxShards)
        {
            violations.Add($"{nameof(Shards)} is {Shards}, accepted: 1 to {MaxShards}");
        }

        violations.AddRange((Gate?.Violations() ?? []).Select(violation => $"{nameof(Gate)}.{violation}"));
        violations.AddRange(Updates.Violations().Select(violation => $"{nameof(Updates)}.{violation}"));
        if (violations.Count > 0)
        {
            throw new InvalidPolicyException(violations);
        }
    }
}
