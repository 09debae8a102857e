using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;

namespace NestedLearning.Grains.Tests.Scheduling;

/// <summary>Reminders that outlive the clusters under test, as those in a database do. Tests tick them.</summary>
internal sealed class DurableReminders : IReminderTable
{
    private readonly ConcurrentDictionary<(GrainId Grain, string Name), ReminderEntry> _rows = new();
    private int _tags;

    /// <summary>Whether the database does not answer.</summary>
    public bool IsAway { get; set; }

    /// <summary>What is to be reminded of, and from when on.</summary>
    public IReadOnlyList<ReminderEntry> Rows => [.. _rows.Values];

    public void AddTo(ISiloBuilder silo)
    {
        silo.AddReminders();
        silo.Services.AddSingleton<IReminderTable>(this);
    }

    /// <summary>Tells every grain that has a reminder that it may be time. Once too often does no harm.</summary>
    public Task TickAsync(IGrainFactory grains) => TickAsync(Rows, grains);

    /// <summary>Tells grains by reminders that they have, or had.</summary>
    public static async Task TickAsync(IEnumerable<ReminderEntry> rows, IGrainFactory grains) =>
        await Task.WhenAll(rows.Select(row => grains.GetGrain<IRemindable>(row.GrainId).ReceiveReminder(row.ReminderName, default)));

    /// <summary>Ticks as reminders do, again and again and whatever goes wrong, until nobody has one any more.</summary>
    public async Task TickUntilNoneAsync(IGrainFactory grains)
    {
        while (Rows.Count > 0)
        {
            try
            {
                await TickAsync(grains);
            }
            catch (Exception error) when (TierCalls.MayPass(error))
            {
                await Task.Yield();
            }
        }
    }

    public Task<ReminderTableData> ReadRows(GrainId grainId) => Read(row => row.GrainId == grainId);

    public Task<ReminderTableData> ReadRows(uint begin, uint end) => Read(row => begin < end
        ? row.GrainId.GetUniformHashCode() > begin && row.GrainId.GetUniformHashCode() <= end
        : row.GrainId.GetUniformHashCode() > begin || row.GrainId.GetUniformHashCode() <= end);

    public Task<ReminderEntry?> ReadRow(GrainId grainId, string reminderName) =>
        Task.FromResult(_rows.GetValueOrDefault((grainId, reminderName)));

    public Task<string?> UpsertRow(ReminderEntry entry)
    {
        if (IsAway)
        {
            throw new IOException("The database does not answer.");
        }

        entry.ETag = $"{Interlocked.Increment(ref _tags)}";
        _rows[(entry.GrainId, entry.ReminderName)] = entry;
        return Task.FromResult<string?>(entry.ETag);
    }

    public Task<bool> RemoveRow(GrainId grainId, string reminderName, string eTag) => Task.FromResult(
        _rows.TryGetValue((grainId, reminderName), out ReminderEntry? row) && row.ETag == eTag && _rows.TryRemove((grainId, reminderName), out _));

    public Task TestOnlyClearTable()
    {
        _rows.Clear();
        return Task.CompletedTask;
    }

    private Task<ReminderTableData> Read(Func<ReminderEntry, bool> matches) =>
        Task.FromResult(new ReminderTableData(_rows.Values.Where(matches)));
}
