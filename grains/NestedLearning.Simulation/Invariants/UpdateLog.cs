using NestedLearning.Models;

namespace NestedLearning.Simulation;

/// <summary>Which events are in which update, as their senders say.</summary>
internal sealed class UpdateLog
{
    private readonly Dictionary<UpdateId, UpdateFrame> _updates = [];

    /// <summary>Takes in what is sent.</summary>
    /// <returns>Whether the same was sent under this number before, or nothing.</returns>
    public bool Add(UpdateFrame update) => _updates.TryAdd(update.Id, update) || _updates[update.Id].Events.SequenceEqual(update.Events);

    /// <summary>The events of an update; none of one that nobody has sent.</summary>
    public IReadOnlyList<int> EventsOf(UpdateId update) => _updates.TryGetValue(update, out UpdateFrame? sent) ? sent.Events : [];

    /// <summary>What a source has sent.</summary>
    public IEnumerable<UpdateFrame> Of(SourceId source) => _updates.Values.Where(update => update.Source == source);
}
