namespace NestedLearning.Tensors;

/// <summary>A loop whose rounds are independent of one another, so any part of it may run anywhere.</summary>
internal interface IRangeWork
{
    /// <summary>Does the rounds [start, end).</summary>
    void Run(int start, int end);
}

/// <summary>Runs a loop on one thread, without allocating, or on several where each gets enough to do.</summary>
internal static class RangeWork
{
    /// <summary>Elements below which a thread costs more than it saves.</summary>
    private const int MinimumElements = 1 << 15;

    private const int PiecesPerThread = 4;

    /// <summary>Pieces of short rounds end at multiples of this, so that threads do not write to one cache line.</summary>
    private const int ShortRounds = 64;

    /// <summary>
    /// Runs <paramref name="count"/> rounds of about <paramref name="elementsPerRound"/> elements each. The rounds compute the
    /// same wherever they run, so the result does not depend on the number of threads.
    /// </summary>
    public static void Run<TWork>(TWork work, int count, long elementsPerRound, int threads)
        where TWork : struct, IRangeWork
    {
        long elements = Math.Max(1, elementsPerRound);
        int helpful = (int)Math.Min(Math.Min(threads, count), count * elements / MinimumElements);
        if (helpful <= 1)
        {
            work.Run(0, count);
            return;
        }

        int unit = elements < ShortRounds ? ShortRounds : 1;
        int length = (((count - 1) / (helpful * PiecesPerThread)) + unit) / unit * unit;
        SharedLoop.Run(new Pieces<TWork>(work, count, length), ((count - 1) / length) + 1, helpful);
    }

    /// <summary>The loop in pieces of <paramref name="length"/> rounds; the last may be shorter.</summary>
    private readonly struct Pieces<TWork>(TWork work, int count, int length) : IRangeWork
        where TWork : struct, IRangeWork
    {
        public void Run(int start, int end) => work.Run(start * length, Math.Min(count, end * length));
    }
}
