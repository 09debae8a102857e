using System.Diagnostics.Metrics;

namespace NestedLearning.Grains;

/// <summary>Everything the tiers of a silo measure, in one place.</summary>
internal static class TierMetrics
{
    private static readonly Meter Meter = new("NestedLearning.Grains");

    /// <summary>Fast memories that are in memory.</summary>
    public static UpDownCounter<int> ResidentMemories { get; } = Meter.CreateUpDownCounter<int>("nl.memories.resident");

    /// <summary>Memories that left memory because there were more than the silo keeps.</summary>
    public static Counter<long> EvictedMemories { get; } = Meter.CreateCounter<long>("nl.memories.evicted");

    /// <summary>States that could not be taken up.</summary>
    public static Counter<long> QuarantinedStates { get; } = Meter.CreateCounter<long>("nl.states.quarantined");

    /// <summary>Calls between tiers that were made again.</summary>
    public static Counter<long> Retries { get; } = Meter.CreateCounter<long>("nl.calls.retried");

    /// <summary>Parts of rounds that a shard did not add up, and the level's owner did.</summary>
    public static Counter<long> LeftParts { get; } = Meter.CreateCounter<long>("nl.shards.left");

    /// <summary>Shards of training runs that were taken from silent workers.</summary>
    public static Counter<long> ExpiredLeases { get; } = Meter.CreateCounter<long>("nl.runs.leases.expired");

    /// <summary>Activations on any silo because none has what they ask for; the tag <c>asked</c> says what that is.</summary>
    public static Counter<long> PlacementFallbacks { get; } = Meter.CreateCounter<long>("nl.placement.fallbacks");

    /// <summary>Activations that were refused because no silo has what they ask for; tagged alike.</summary>
    public static Counter<long> PlacementRefusals { get; } = Meter.CreateCounter<long>("nl.placement.refusals");

    /// <summary>Events of streams that were left out because they are not acceptable.</summary>
    public static Counter<long> RefusedStreamEvents { get; } = Meter.CreateCounter<long>("nl.streams.refused");

    /// <summary>Deliveries that a stream provider has given up on.</summary>
    public static Counter<long> LostStreamDeliveries { get; } = Meter.CreateCounter<long>("nl.streams.lost");

    /// <summary>Pieces of numerics that wait.</summary>
    public static void ObserveCompute(Func<int> waiting) => Meter.CreateObservableGauge("nl.compute.waiting", waiting);

    /// <summary>What a grain asked for of a silo, as a tag.</summary>
    public static KeyValuePair<string, object?> Asked(string what) => new("asked", what);
}
