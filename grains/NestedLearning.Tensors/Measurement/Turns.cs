using System.Diagnostics;

namespace NestedLearning.Tensors;

/// <summary>
/// The shortest times of computations that are compared. They take turns, and of many short runs each one's best counts, because other
/// work on the machine only adds time.
/// </summary>
public static class Turns
{
    private const int Rounds = 120;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Run = TimeSpan.FromMilliseconds(4);

    /// <summary>The shortest time of one computation, for each of <paramref name="computations"/>, in their order.</summary>
    /// <exception cref="OperationCanceledException">It was asked to stop between two runs.</exception>
    public static TimeSpan[] Shortest(IReadOnlyList<Action> computations, CancellationToken cancellationToken = default)
    {
        int[] repeats = [.. computations.Select(compute => Repeats(compute, cancellationToken))];
        TimeSpan[] best = [.. computations.Select(_ => TimeSpan.MaxValue)];
        for (int round = 0; round < Rounds; round++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (int i = 0; i < best.Length; i++)
            {
                best[i] = Shorter(best[i], Time(computations[i], repeats[i]));
            }
        }

        return best;
    }

    /// <summary>Runs until compiled code is the final one, and finds how many computations make a run.</summary>
    private static int Repeats(Action compute, CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp();
        TimeSpan shortest = TimeSpan.MaxValue;
        while (Stopwatch.GetElapsedTime(start) < WarmUp)
        {
            cancellationToken.ThrowIfCancellationRequested();
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
