using System.Text.Json;
using System.Text.Json.Serialization;
using NestedLearning.Tiers;

namespace NestedLearning.Hosting;

/// <summary>
/// Which schedules there are. It names one before the schedule is saved and until it is gone, so it may name one that is
/// not there, and never lacks one that is. Not safe for concurrent use.
/// </summary>
public sealed class ScheduleIndex
{
    private readonly StateSlot _slot;
    private SortedSet<string> _schedules = new(StringComparer.Ordinal);

    /// <summary>An index that is empty until it is loaded.</summary>
    public ScheduleIndex(ITierStore store, StateKey key) => _slot = new StateSlot(store, key);

    /// <summary>The schedules, by model and name.</summary>
    public IReadOnlyList<ScheduleAddress> Schedules => [.. _schedules.Select(ScheduleAddress.Parse)];

    /// <summary>Loads what is saved.</summary>
    /// <exception cref="StoreException">It cannot be loaded, or is damaged.</exception>
    public async ValueTask LoadAsync(CancellationToken cancellationToken) =>
        await _slot.LoadAsync(
            saved =>
            {
                string[] texts = JsonSerializer.Deserialize(saved.Span, ScheduleIndexJson.Default.StringArray) ?? [];
                _schedules = new SortedSet<string>(texts.Select(text => ScheduleAddress.Parse(text).ToString()), StringComparer.Ordinal);
            },
            cancellationToken);

    /// <summary>Names a schedule.</summary>
    /// <exception cref="StoreException">The index could not be saved.</exception>
    public ValueTask AddAsync(ScheduleAddress schedule, CancellationToken cancellationToken) =>
        SaveAsync([.. _schedules, schedule.ToString()], cancellationToken);

    /// <summary>Names a schedule no more.</summary>
    /// <exception cref="StoreException">The index could not be saved.</exception>
    public ValueTask RemoveAsync(ScheduleAddress schedule, CancellationToken cancellationToken) =>
        SaveAsync([.. _schedules.Where(name => name != schedule.ToString())], cancellationToken);

    private async ValueTask SaveAsync(IEnumerable<string> names, CancellationToken cancellationToken)
    {
        SortedSet<string> next = new(names, StringComparer.Ordinal);
        if (!next.SetEquals(_schedules))
        {
            await _slot.SaveAsync(JsonSerializer.SerializeToUtf8Bytes([.. next], ScheduleIndexJson.Default.StringArray), cancellationToken);
            _schedules = next;
        }
    }
}

[JsonSerializable(typeof(string[]))]
internal sealed partial class ScheduleIndexJson : JsonSerializerContext;
