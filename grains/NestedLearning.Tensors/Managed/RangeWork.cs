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

    /// <summary>
    /// Runs <paramref name="count"/> rounds of about <paramref name="elementsPerRound"/> elements each. The rounds compute the
    /// same wherever they run, so the result does not depend on the number of threads.
    /// </summary>
    public static void Run<TWork>(TWork work, int count, long elementsPerRound, int threads)
        where TWork : struct, IRangeWork
    {
        long worthwhile = count * Math.Max(1, elementsPerRound) / MinimumElements;
        int parts = (int)Math.Min(Math.Min(threads, count), worthwhile);
        if (parts <= 1)
        {
            work.Run(0, count);
        }
        else
        {
            RunParts(work, count, parts);
        }
    }

    private static void RunParts<TWork>(TWork work, int count, int parts)
        where TWork : struct, IRangeWork
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = parts };
        Parallel.For(0, parts, options, part =>
        {
            int start = (int)((long)count * part / parts);
            int end = (int)((long)count * (part + 1) / parts);
            work.Run(start, end);
        });
    }
}
