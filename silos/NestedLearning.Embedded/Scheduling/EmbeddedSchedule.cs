using NestedLearning.Hosting;
using NestedLearning.Tiers;

namespace NestedLearning.Embedded;

/// <summary>One schedule and its clock.</summary>
internal sealed class EmbeddedSchedule : IAsyncDisposable
{
    /// <summary>
    /// The longest time between two looks. Timers do not notice when the clock is set, and a store that was not there may be
    /// back.
    /// </summary>
    private static readonly TimeSpan LongestTime = TimeSpan.FromMinutes(1);

    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private readonly CancellationTokenSource _stop = new();

    private EmbeddedSchedule(ScheduleHost host, TimeProvider time)
    {
        Host = host;
        _time = time;
        _timer = time.CreateTimer(_ => LookSoon(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public ScheduleHost Host { get; }

    public static async ValueTask<EmbeddedSchedule> OpenAsync(
        ScheduleAddress schedule, ScheduleHosting hosting, CancellationToken cancellationToken) =>
        new(await ScheduleHost.OpenAsync(schedule, hosting, cancellationToken), hosting.Time);

    /// <summary>Runs what is due in the background, and sets the clock for what comes next.</summary>
    public void LookSoon() => _ = LookAsync();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _timer.DisposeAsync();
        await Host.DisposeAsync();
    }

    private async Task LookAsync()
    {
        DateTimeOffset? next;
        do
        {
            try
            {
                next = await Host.RunDueAsync(CancellationToken.None, _stop.Token);
            }
            catch (Exception)
            {
                next = DateTimeOffset.MaxValue; // There is nobody to be told; the next look tries again.
            }

            if (_stop.IsCancellationRequested)
            {
                return;
            }

            _timer.Change(next is null ? Timeout.InfiniteTimeSpan : Wait(next.Value), Timeout.InfiniteTimeSpan);
        }
        while (next <= _time.GetUtcNow()); // It has come in the meantime.
    }

    private TimeSpan Wait(DateTimeOffset next)
    {
        TimeSpan wait = next - _time.GetUtcNow();
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait < LongestTime ? wait : LongestTime;
    }
}
