using NestedLearning.Embedded;
using NestedLearning.Grains.Tests.Cluster;
using NestedLearning.Models;
using NestedLearning.Tensors;
using NestedLearning.Tiers;
using Orleans.Runtime.Placement;

namespace NestedLearning.Grains.Tests.Calls;

/// <summary>A client whose flush was lost, and who goes on from the version that came of the round.</summary>
public sealed class LostFlushTests
{
    private static readonly ModelId Model = new("m");
    private static readonly SourceId Source = new("stream");
    private static readonly MemoryAddress Lost = new(Model, new TenantId("lost"));
    private static readonly MemoryAddress Other = new(Model, new TenantId("other"));
    private static readonly ClassifierSpec Spec = new() { Features = 64, Period = 4, PeriodGrowth = 0 };
    private static readonly RoundPolicy InStep = new() { MinContributors = 2, Synchronous = true, MaxWait = TimeSpan.FromDays(30) };

    private readonly TaskCompletionSource _gaveUp = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task FlushAsync_ClientComesBackWithNoEventsOfTheMemory_TheNextRoundDoesNotWaitForIt()
    {
        await using TestTiers tiers = await TestTiers.StartAsync(
            2,
            new MemoryTierStore(),
            configure: options => options.Patience = TimeSpan.FromSeconds(0.2),
            build: silo => silo.AddIncomingGrainCallFilter(FilterAsync));
        try
        {
            await LoseAndComeBackAsync(tiers);
        }
        finally
        {
            _released.SetResult();
        }
    }

    private async Task LoseAndComeBackAsync(TestTiers tiers)
    {
        await tiers.CreateModelAsync(Model, Spec, InStep, default);
        await PlaceAsync(tiers, Lost, 0);
        await PlaceAsync(tiers, Other, 1);
        await tiers.FeedAsync(Lost, Source, [Event(1)], default);
        await tiers.FeedAsync(Other, Source, [Event(1)], default);

        // The memory sends its part of the round; whoever flushed it is gone before the round closes.
        using CancellationTokenSource gone = new();
        Task lost = tiers.FlushAsync(Lost, Source, new FlushTicket(1), gone.Token).AsTask();
        await _gaveUp.Task;
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => lost);
        await tiers.FlushAsync(Other, Source, new FlushTicket(1), default);

        // It comes back and looks where the level is. The next round has no events for that memory.
        Assert.Equal(2, Assert.Single(await tiers.GetLevelsAsync(Model, default)).Events);
        await Task.WhenAll(
            tiers.FeedAsync(Lost, new EventBatch(Source, []), default).AsTask(), tiers.FeedAsync(Other, Source, [Event(2)], default).AsTask());
        await Task.WhenAll(
            tiers.FlushAsync(Lost, Source, new FlushTicket(2), default).AsTask(), tiers.FlushAsync(Other, Source, new FlushTicket(2), default).AsTask());

        LevelStatus level = Assert.Single(await tiers.GetLevelsAsync(Model, default));
        Assert.Equal((2L, 3L), (level.Version, level.Events));
    }

    private static LearningEvent Event(int i) =>
        new(i, new FeatureInput(new SparseVector(new ushort[] { (ushort)i }, new float[] { 1 })), $"class-{i}");

    private static async Task PlaceAsync(TestTiers tiers, MemoryAddress memory, int silo)
    {
        RequestContext.Set(IPlacementDirector.PlacementHintKey, tiers.Cluster.GetActiveSilos().ElementAt(silo).SiloAddress);
        await tiers.GetMemoryAsync(memory, default);
        RequestContext.Remove(IPlacementDirector.PlacementHintKey);
    }

    /// <summary>Nobody is told of new versions; a flush that was not answered is over once it says so.</summary>
    private async Task FilterAsync(IIncomingGrainCallContext call)
    {
        if (call.MethodName == nameof(IConsolidatorGrain.WaitPastAsync))
        {
            await _released.Task;
        }

        bool isLost = call.MethodName == nameof(IFastMemoryGrain.FlushAsync) && call.TargetId.Key.ToString() == Lost.ToString();
        if (isLost && _gaveUp.Task.IsCompleted && call.Request.GetArgument(1) is 1L)
        {
            await _released.Task; // Whoever asked again is gone.
        }

        await call.Invoke();
        if (isLost)
        {
            _gaveUp.TrySetResult();
        }
    }
}
