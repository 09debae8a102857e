using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Simulation;

/// <summary>
/// A process that feeds one source's events through an <see cref="EventFeeder"/>. When it crashes, the next one begins after
/// the events that it knows to be durable, or earlier.
/// </summary>
internal sealed class SourceClient(World world, SourcePlan plan, int node)
{
    private static readonly FeederLimits Limits = new(EventsPerBatch: 16, MaxKeptEvents: 24);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(3);

    private NodeLife? _life;
    private int _lives;
    private bool _isStopped;

    public SourcePlan Plan => plan;

    /// <summary>The last event that it was told is durable.</summary>
    public long Durable { get; private set; }

    /// <summary>Whether its last flush made all of its events durable.</summary>
    public bool IsDone { get; private set; }

    /// <summary>Whether it has nothing left to do.</summary>
    public bool IsOver => IsDone || _isStopped;

    /// <summary>Starts, unless it runs or was stopped: no two processes feed one source.</summary>
    public void Start()
    {
        if (!_isStopped && _life is not { IsAlive: true })
        {
            NodeLife life = new(world, node, $"{plan}.{++_lives}");
            _life = life;
            world.Trace.Add(life.Name, $"starts after event {Durable}");
            life.Start(() => FeedAllAsync(life));
        }
    }

    public void Crash()
    {
        if (_life is { IsAlive: true } life)
        {
            world.Trace.Add(life.Name, "crashes");
            life.End();
        }
    }

    /// <summary>Ends for good, in the middle of whatever it does: its tenant is to be forgotten.</summary>
    public void Stop()
    {
        Crash();
        _isStopped = true;
    }

    /// <summary>Feeds everything again, from the first event on.</summary>
    public void BeginAnew()
    {
        (_isStopped, IsDone, Durable) = (false, false, 0);
        Start();
    }

    private async Task FeedAllAsync(NodeLife life)
    {
        long start = Math.Max(0, Durable - world.Chance.Between(0, 4));
        while (!IsDone)
        {
            try
            {
                IsDone = await FeedAfterAsync(life, start);
                start = Durable;
            }
            catch (NestedLearningException error) when (error is EventsMissingException or DurableEventsLostException)
            {
                // An owner that has been replaced without knowing it may know less than the one before.
                world.Trace.Add(life.Name, error.Message);
                start = (error as EventsMissingException)?.AppliedThrough ?? ((DurableEventsLostException)error).AppliedThrough;
                await life.Delay(world.Chance.Between(TimeSpan.Zero, LongestPause));
            }
        }
    }

    /// <summary>Feeds everything after an event, with a flush now and then and at the end.</summary>
    private async Task<bool> FeedAfterAsync(NodeLife life, long start)
    {
        EventFeeder feeder = new(world.Wiring.Channel(new MemoryChannel(world, life, plan)), plan.Source, Limits)
        {
            NextTicket = NextTicket,
        };
        int next = (int)start;
        while (next < plan.Events.Count)
        {
            LearningEvent[] events = [.. plan.Events.Skip(next).Take(world.Chance.Between(1, 12))];
            next += events.Length;
            FeedReceipt receipt = await feeder.FeedAsync(new EventBatch(plan.Source, events) { After = start }, CancellationToken.None);
            Take(life, receipt.Marks);
            world.Invariants.OnKept(plan, next - receipt.Marks.DurableThrough, Limits);
            if (world.Chance.Is(0.15))
            {
                await FlushAsync(life, feeder);
            }

            await life.Delay(world.Chance.Between(TimeSpan.Zero, LongestPause));
        }

        return await FlushAsync(life, feeder) == plan.Events.Count;
    }

    private async Task<long> FlushAsync(NodeLife life, EventFeeder feeder)
    {
        Receipt receipt = await feeder.FlushAsync(NextTicket(), CancellationToken.None);
        Take(life, receipt);
        world.Invariants.OnFlushed(plan, receipt);
        return receipt.DurableThrough;
    }

    private FlushTicket NextTicket() => new(world.Chance.Number());

    private void Take(NodeLife life, Receipt receipt)
    {
        world.Trace.Add(life.Name, $"is told: applied {receipt.AppliedThrough}, durable {receipt.DurableThrough}");
        Durable = Math.Max(Durable, receipt.DurableThrough);
        world.Invariants.OnClientReceipt(plan, receipt);
    }
}
