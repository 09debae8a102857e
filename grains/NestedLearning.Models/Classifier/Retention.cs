namespace NestedLearning.Models;

/// <summary>
/// How additive statistics fade: what came at time a counts <c>2^(−(t − a)/H)</c> at time t, in events, for a half-life H. Sums stay
/// exact under addition and removal because they are not multiplied anew by every round: each contribution enters with the
/// weight of its time, and the sums are halved, which rounds nothing, as a half-life passes.
/// </summary>
/// <param name="halfLife">H, at least 1; null for statistics that do not fade.</param>
internal sealed class Retention(long? halfLife)
{
    /// <summary>
    /// The most half-lives that one round lets pass, whatever its size, and that may be turned back: beyond it, what was there before
    /// would be in the last digits of what came since.
    /// </summary>
    private const int MaxHalfLives = 20;

    private long _clock;

    /// <summary>The time t; 0 for ever without a half-life.</summary>
    public long Clock => _clock;

    /// <summary>What the sums have to be multiplied by to be those of now: above 0.5, at most 1.</summary>
    public double Scale => halfLife is { } h ? Math.Pow(2, -(double)(_clock % h) / h) : 1;

    /// <summary>The time after a round of so many events.</summary>
    public long ClockAfter(long events) => halfLife is { } h ? _clock + Math.Min(events, MaxHalfLives * h) : 0;

    /// <summary>Whether what was there at a time is still there to many digits.</summary>
    public bool Reaches(long clock) => halfLife is not { } h || _clock - clock <= MaxHalfLives * h;

    /// <summary>Goes to a time, forth or back.</summary>
    /// <returns>What the sums have to be multiplied by, a power of two.</returns>
    public double MoveTo(long clock)
    {
        long before = _clock;
        _clock = clock;
        return halfLife is { } h ? PowerOfTwo((before / h) - (clock / h)) : 1;
    }

    /// <summary>The weight with which something enters the sums that came at a time.</summary>
    public double Weight(long at) => halfLife is { } h
        ? Math.Pow(2, (double)(at % h) / h) * PowerOfTwo((at / h) - (_clock / h))
        : 1;

    private static double PowerOfTwo(long exponent) => Math.ScaleB(1, (int)Math.Clamp(exponent, -2000, 2000));
}
