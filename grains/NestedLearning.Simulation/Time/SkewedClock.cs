namespace NestedLearning.Simulation;

/// <summary>A node's clock: it starts at another time than the others, goes faster or slower, and may be put forward or back.</summary>
internal sealed class SkewedClock(NodeLife life, TimeSpan offset, double rate) : TimeProvider
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private TimeSpan _offset = offset;

    public override DateTimeOffset GetUtcNow() => Start + _offset + (life.Now * rate);

    public override long GetTimestamp() => (life.Now * rate).Ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>Somebody corrects the clock, for better or worse.</summary>
    public void PutForward(TimeSpan by) => _offset += by;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        NodeTimer timer = new(life, rate, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Runs once; what it was set to before does not happen any more.</summary>
    private sealed class NodeTimer(NodeLife life, double rate, Action run) : ITimer
    {
        private int _setting;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            int setting = ++_setting;
            if (dueTime != Timeout.InfiniteTimeSpan)
            {
                life.After(dueTime / rate, () => Run(setting));
            }

            return true;
        }

        public void Dispose() => _setting++;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void Run(int setting)
        {
            if (setting == _setting)
            {
                life.Start(() =>
                {
                    run();
                    return Task.CompletedTask;
                });
            }
        }
    }
}
