using NestedLearning.Models;
using NestedLearning.Tensors;

namespace NestedLearning.Tiers.Tests.Protocol;

/// <summary>What a simulated run is made of: all of it follows from the seed.</summary>
internal sealed record ProtocolSettings(int Seed)
{
    public static readonly ModelId Model = new("m");

    public required int Memories { get; init; }

    public required ClassifierSpec Spec { get; init; }

    public required RoundPolicy Policy { get; init; }

    /// <summary>The events of each memory's clients, client by client.</summary>
    public required LearningEvent[][][] Streams { get; init; }

    /// <summary>How often something goes wrong, from 0 to 1.</summary>
    public double FaultRate { get; init; } = 0.25;

    /// <summary>The rule that a host breaks, to see that the simulation notices.</summary>
    public BrokenRule Broken { get; init; }

    public IEnumerable<LearningEvent> AllEvents => Streams.SelectMany(clients => clients).SelectMany(events => events);

    /// <summary>A run of any shape.</summary>
    public static ProtocolSettings FromSeed(int seed)
    {
        Random random = new(seed);
        int memories = random.Next(1, 6);
        return new ProtocolSettings(seed)
        {
            Memories = memories,
            Spec = new ClassifierSpec
            {
                Features = 64,
                Period = random.Next(1, 7),
                PeriodGrowth = random.Next(2) * 0.1,
                MaxPeriod = 8,
                OneSidedTargets = random.Next(2) == 0,
            },
            Policy = new RoundPolicy
            {
                MinContributors = random.Next(2) == 0 ? 1 : memories,
                MaxWait = random.Next(2) == 0 ? TimeSpan.FromSeconds(20) : TimeSpan.FromDays(1),
                Synchronous = random.Next(2) == 0,
                MaxInFlight = random.Next(1, 5),
                VersionEncoding = (FloatEncoding)random.Next(3),
            },
            Streams = MakeStreams(random, memories, random.Next(1, 3), () => random.Next(4, 60)),
        };
    }

    /// <summary>
    /// Events with plain targets in synchronous rounds of all memories, which end where clients flush: whatever happens,
    /// the same updates make the same rounds.
    /// </summary>
    public static ProtocolSettings SynchronousFromSeed(int seed)
    {
        Random random = new(seed);
        int memories = random.Next(1, 6);
        return new ProtocolSettings(seed)
        {
            Memories = memories,
            Spec = new ClassifierSpec { Features = 64, Period = 1000, OneSidedTargets = false },
            Policy = new RoundPolicy
            {
                MinContributors = memories,
                Synchronous = true,
                MaxWait = TimeSpan.FromDays(30),
                VersionEncoding = (FloatEncoding)random.Next(3),
            },
            Streams = MakeStreams(random, memories, clients: 1, () => 24),
        };
    }

    private static LearningEvent[][][] MakeStreams(Random random, int memories, int clients, Func<int> length)
    {
        int classes = random.Next(2, 7);
        return [.. Enumerable.Range(0, memories).Select(_ => Enumerable.Range(0, clients).Select(_ =>
            Enumerable.Range(1, length()).Select(i => new LearningEvent(i, Features(random), $"c{random.Next(classes)}")).ToArray())
            .ToArray())];
    }

    private static FeatureInput Features(Random random)
    {
        ushort[] indices = [.. Enumerable.Range(0, 64).Where(_ => random.Next(10) == 0).Select(i => (ushort)i)];
        return new FeatureInput(new SparseVector(indices, Array.ConvertAll(indices, _ => (random.NextSingle() * 2) - 1)));
    }
}
