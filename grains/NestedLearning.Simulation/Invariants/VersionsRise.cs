namespace NestedLearning.Simulation;

/// <summary>The durable version's number only rises, and its events are those that it was folded from.</summary>
internal sealed class VersionsRise : Invariant
{
    private long _last;

    public override string Promise => "durable versions rise, and say how many events are in them";

    public override string? OnLevelSaved(DurableWorld durable)
    {
        long number = durable.Level.Version.Number;
        if (number < _last)
        {
            return $"version {number} takes the place of version {_last}";
        }

        _last = number;
        long counted = durable.Level.Counts.Sum(count => (long)count);
        return durable.Level.Version.Events == counted && durable.Level.Events == counted
            ? null
            : $"version {number} says {durable.Level.Version.Events} events, its level {durable.Level.Events}, and {counted} are in it";
    }
}
