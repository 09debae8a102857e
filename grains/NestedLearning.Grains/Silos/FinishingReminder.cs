using Microsoft.Extensions.DependencyInjection;
using NestedLearning.Tiers;
using Orleans.Timers;

namespace NestedLearning.Grains;

/// <summary>
/// Brings a grain back every minute that has something to finish, wherever its silo died. Set before the first write of what has to be
/// finished, and taken back after the last. Where a silo has no reminders, a silo that starts looks instead.
/// </summary>
/// <param name="grain">The grain; its own turns call this.</param>
/// <param name="services">The silo's.</param>
/// <param name="what">What it is about, for errors.</param>
internal sealed class FinishingReminder(IGrainBase grain, IServiceProvider services, string what)
{
    private const string Name = "finish";
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    private readonly bool _hasReminders = services.GetService<IReminderRegistry>() is not null;

    /// <summary>Has the grain called from now on.</summary>
    /// <exception cref="StoreException">Reminders cannot be kept now.</exception>
    public Task SetAsync() => DoAsync("set", () => grain.RegisterOrUpdateReminder(Name, Period, Period));

    /// <summary>Lets the grain be; nothing happens when it is.</summary>
    /// <exception cref="StoreException">Reminders cannot be kept now.</exception>
    public Task UnsetAsync() => DoAsync("taken back", async () =>
    {
        if (await grain.GetReminder(Name) is { } reminder)
        {
            await grain.UnregisterReminder(reminder);
        }
    });

    private async Task DoAsync(string done, Func<Task> work)
    {
        if (!_hasReminders)
        {
            return;
        }

        try
        {
            await work();
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            throw new StoreException(StoreProblem.Unavailable, $"the reminder of {what}", $"it cannot be {done}: {error.Message}", error);
        }
    }
}
