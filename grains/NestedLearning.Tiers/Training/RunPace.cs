namespace NestedLearning.Tiers;

/// <summary>
/// How far into the data the workers of a run learn before each of them ends its period, where rounds wait for all of
/// them. All see the same version when they look, so all stop at the same place, and every version holds a prefix of the
/// data.
/// </summary>
/// <param name="foldedBefore">The events that the level held before the run.</param>
public sealed class RunPace(long foldedBefore)
{
    private long _end;

    /// <summary>
    /// The position in the data at which the open round ends. It moves on with every call, whatever the level says, so
    /// that no worker ends rounds for ever without an event.
    /// </summary>
    public long Next(LevelStatus level)
    {
        _end = Math.Max(_end, FoldedOf(level)) + level.NextPeriod;
        return _end;
    }

    /// <summary>Whether the level holds everything before a position of the data.</summary>
    public bool IsPast(long position, LevelStatus level) => FoldedOf(level) >= position;

    private long FoldedOf(LevelStatus level) => level.Events - foldedBefore;
}
