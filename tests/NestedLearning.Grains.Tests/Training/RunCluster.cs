using Microsoft.Extensions.DependencyInjection;
using NestedLearning.Contracts;
using NestedLearning.Embedded;
using NestedLearning.Grains.Tests.Cluster;
using NestedLearning.Grains.Tests.Scheduling;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Grains.Tests.Training;

/// <summary>Silos with one model, whose clock stands still until the test waits for something.</summary>
internal sealed class RunCluster : IAsyncDisposable
{
    public static readonly ModelId Model = new("m");
    public static readonly ClassifierSpec Spec = new() { Features = 64, Period = 20, PeriodGrowth = 0 };

    private readonly ManualTime _time;

    private RunCluster(TestTiers tiers, ManualTime time, DurableReminders reminders) => (Tiers, _time, Reminders) = (tiers, time, reminders);

    public TestTiers Tiers { get; }

    public DurableReminders Reminders { get; }

    public ITrainingRunGrain Run => Tiers.Cluster.Client.GetGrain<ITrainingRunGrain>(Model.Value);

    /// <param name="data">What the silos read; null for what they read by default, which is nothing.</param>
    /// <param name="policy">The rounds of the model.</param>
    /// <param name="silos">How many.</param>
    /// <param name="store">What earlier silos left.</param>
    /// <param name="reminders">What they want to be reminded of.</param>
    /// <param name="filter">What calls of grains go through; null for nothing.</param>
    public static async Task<RunCluster> StartAsync(
        TextData? data,
        RoundPolicy policy,
        short silos = 1,
        ITierStore? store = null,
        DurableReminders? reminders = null,
        IncomingGrainCallFilterDelegate? filter = null)
    {
        ManualTime time = new();
        reminders ??= new DurableReminders();
        TestTiers tiers = await TestTiers.StartAsync(
            silos,
            store ?? new MemoryTierStore(),
            time,
            options => options.Patience = TimeSpan.FromSeconds(0.2),
            silo =>
            {
                reminders.AddTo(silo);
                if (filter is not null)
                {
                    silo.AddIncomingGrainCallFilter(filter);
                }

                if (data is not null)
                {
                    silo.Services.AddSingleton<ITrainingDataSource>(data);
                }
            });
        await tiers.CreateModelAsync(Model, Spec, policy, default);
        return new RunCluster(tiers, time, reminders);
    }

    /// <summary>Rounds that wait for so many workers.</summary>
    public static RoundPolicy InStep(int workers) =>
        new() { MinContributors = workers, Synchronous = true, MaxWait = TimeSpan.FromDays(30) };

    public ValueTask<RunProgress> StartRunAsync(RunSpec spec) => Tiers.Runs.StartRunAsync(Model, spec, default);

    public ValueTask<RunProgress> StopRunAsync() => Tiers.Runs.StopRunAsync(Model, default);

    public async Task<LevelStatus> LevelAsync() => Assert.Single(await Tiers.GetLevelsAsync(Model, default));

    /// <summary>Asks how the run stands, and moves the clock, until it stands as the test wants it.</summary>
    public async Task<RunProgress> UntilAsync(Predicate<RunProgress> holds)
    {
        RunProgress progress;
        while (!holds(progress = await Tiers.Runs.GetRunAsync(Model, default)))
        {
            _time.Advance(TimeSpan.FromSeconds(0.1));
        }

        return progress;
    }

    /// <summary>Moves the clock, and looks at nothing but the level, until that holds so many events.</summary>
    public async Task UntilLevelHasAsync(long events)
    {
        while ((await LevelAsync()).Events < events)
        {
            _time.Advance(TimeSpan.FromSeconds(0.1));
        }
    }

    public Task<RunProgress> UntilEndAsync() => UntilAsync(progress => !progress.IsUnderWay);

    public ValueTask DisposeAsync() => Tiers.DisposeAsync();
}
