using System.Diagnostics;

namespace NestedLearning.Cluster.Benchmarks;

/// <summary>
/// The shortest times of a contest. The two take turns, and of many short runs each one's best counts, because other work on the machine
/// only adds time.
/// </summary>
/// <param name="Managed">The managed backend's time for one computation.</param>
/// <param name="Torch">TorchSharp's.</param>
internal readonly record struct Duel(TimeSpan Managed, TimeSpan Torch)
{
    private const int Rounds = 120;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Run = TimeSpan.FromMilliseconds(4);

    /// <summary>How many times as fast the managed backend is.</summary>
    public double Ratio => Torch / Managed;

    public static Duel Measure(Contest contest)
    {
        int managedRepeats = Repeats(contest.Managed);
        int torchRepeats = Repeats(contest.Torch);
        Duel best = new(TimeSpan.MaxValue, TimeSpan.MaxValue);
        for (int round = 0; round < Rounds; round++)
        {
            TimeSpan managed = Time(contest.Managed, managedRepeats);
            TimeSpan torch = Time(contest.Torch, torchRepeats);
            best = new Duel(Shorter(best.Managed, managed), Shorter(best.Torch, torch));
        }

        return best;
    }

    /// <summary>Runs until compiled code is the final one, and finds how many computations make a run.</summary>
    private static int Repeats(Action compute)
    {
        long start = Stopwatch.GetTimestamp();
        TimeSpan shortest = TimeSpan.MaxValue;
        while (Stopwatch.GetElapsedTime(start) < WarmUp)
        {
            shortest = Shorter(shortest, Time(compute, 1));
        }

        return (int)Math.Clamp(Run / shortest, 1, 10_000);
    }

    private static TimeSpan Time(Action compute, int repeats)
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < repeats; i++)
        {
            compute();
        }

        return Stopwatch.GetElapsedTime(start) / repeats;
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
