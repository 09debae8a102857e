namespace NestedLearning.Simulation;

/// <summary>Everything random of a run, from its seed.</summary>
internal sealed class Chance(int seed)
{
    private readonly Random _random = new(seed);

    /// <summary>True with this probability.</summary>
    public bool Is(double probability) => probability > 0 && _random.NextDouble() < probability;

    /// <summary>From the first number up to, not including, the second.</summary>
    public int Between(int lowest, int end) => _random.Next(lowest, end);

    public long Number() => _random.NextInt64(1, long.MaxValue);

    public double Fraction() => _random.NextDouble();

    public TimeSpan Between(TimeSpan shortest, TimeSpan longest) => shortest + ((longest - shortest) * _random.NextDouble());

    /// <summary>The time to the next of events that come at random, this far apart on average.</summary>
    public TimeSpan Wait(TimeSpan mean) => mean * -Math.Log(1 - _random.NextDouble());

    public T Pick<T>(IReadOnlyList<T> among) => among[_random.Next(among.Count)];
}
