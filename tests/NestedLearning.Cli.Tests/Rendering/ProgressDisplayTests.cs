using NestedLearning.Cli.Rendering;

namespace NestedLearning.Cli.Tests.Rendering;

public class ProgressDisplayTests
{
    private readonly PlainConsole _console = new();
    private readonly ManualTime _time = new();

    [Fact]
    public async Task RunAsync_NoTerminal_WritesALineEveryTenPercent()
    {
        int result = await new ProgressDisplay(_console.Console, _time).RunAsync("Learning", "events", 2000, work =>
        {
            for (int done = 0; done <= 2000; done += 50)
            {
                work.Report(done, done == 1000 ? "accuracy 91.2 %" : null);
                _time.Advance(TimeSpan.FromSeconds(1));
            }

            return Task.FromResult(42);
        });

        List<string> lines = [.. _console.Lines.SkipLast(1)];
        Assert.Equal(42, result);
        Assert.Equal(10, lines.Count);
        Assert.Equal("Learning: 200 of 2,000 events, 50/s", lines[0]);
        Assert.Equal("Learning: 1,000 of 2,000 events, 50/s, accuracy 91.2 %", lines[4]);
        Assert.Equal("Learning: 2,000 of 2,000 events, 50/s", lines[9]);
    }

    [Fact]
    public async Task RunAsync_WorkThatGoesOn_SaysWhereAndCountsOnlyWhatIsNew()
    {
        await new ProgressDisplay(_console.Console, _time).RunAsync("Learning", "events", 2000, work =>
        {
            work.Resume(1500);
            _time.Advance(TimeSpan.FromSeconds(2));
            work.Report(1700);
            return Task.FromResult(0);
        });

        Assert.Equal(
            ["Learning: goes on after 1,500 of 2,000 events", "Learning: 1,700 of 2,000 events, 100/s"], _console.Lines.SkipLast(1));
    }

    [Fact]
    public async Task RunAsync_UnknownTotal_WritesALineEveryTenSeconds()
    {
        await new ProgressDisplay(_console.Console, _time).RunAsync("Feeding", "events", null, work =>
        {
            for (int second = 1; second <= 25; second++)
            {
                _time.Advance(TimeSpan.FromSeconds(1));
                work.Report(second * 100);
            }

            return Task.FromResult(0);
        });

        Assert.Equal(["Feeding: 1,000 events, 100/s", "Feeding: 2,000 events, 100/s"], _console.Lines.SkipLast(1));
    }

    [Fact]
    public async Task RunAsync_WorkThatFails_PassesTheErrorOn() => await Assert.ThrowsAsync<InvalidOperationException>(
        () => new ProgressDisplay(_console.Console, _time).RunAsync<int>(
            "Learning", "events", 10, _ => throw new InvalidOperationException()));

    private sealed class ManualTime : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks;

        public void Advance(TimeSpan time) => _ticks += time.Ticks;
    }
}
