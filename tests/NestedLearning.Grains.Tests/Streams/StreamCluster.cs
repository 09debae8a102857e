using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NestedLearning.Embedded;
using NestedLearning.Grains.Tests.Cluster;
using NestedLearning.Models;
using NestedLearning.Tiers;
using Orleans.Configuration;
using Orleans.Core.Internal;
using Orleans.Streams;
using Orleans.TestingHost;

namespace NestedLearning.Grains.Tests.Streams;

/// <summary>Two silos whose tenants are fed by streams: in the memory of Orleans, and from queues that outlive silos.</summary>
internal sealed class StreamCluster(InProcessTestCluster cluster, DurableQueues queues, RecordingLogger<StreamFeedGrain> log) : IAsyncDisposable
{
    public const string InMemory = "memory";
    public const string Durable = "durable";

    /// <summary>In memory too; gives up on a delivery at the first failure.</summary>
    public const string Impatient = "impatient";

    private static readonly TimeSpan Hung = TimeSpan.FromMinutes(1);
    private static readonly ClassifierSpec Spec = new() { Features = 64, Period = 500, PeriodGrowth = 0 };

    private readonly GrainCluster _learning = new(cluster.Client, cluster.Client.ServiceProvider.GetRequiredService<TierCalls>());

    /// <summary>The providers that every promise is tested with.</summary>
    public static TheoryData<string> Providers => new(InMemory, Durable);

    public DurableQueues Queues => queues;

    private IManagementGrain Management => cluster.Client.GetGrain<IManagementGrain>(0);

    public RecordingLogger<StreamFeedGrain> Log => log;

    public InProcessTestCluster Cluster => cluster;

    public ILearningCluster Learning => _learning;

    public static async Task<StreamCluster> StartAsync()
    {
        DurableQueues queues = new();
        MemoryTierStore store = new();
        RecordingLogger<StreamFeedGrain> log = new();
        InProcessTestClusterBuilder builder = new(2);
        builder.Options.ConfigureFileLogging = false;
        builder.ConfigureHost(host => host.Services.AddSingleton(queues));
        builder.ConfigureSilo((_, silo) =>
        {
            silo.AddNestedLearning(options => options.FoldThreads = 1);
            silo.Services.AddSingleton<ITierStore>(new CutOffStore(store));
            silo.Services.AddSingleton<ILoggerProvider>(log);
            silo.AddMemoryStreams(InMemory, Read);
            silo.AddPersistentStreams(Durable, DurableQueueAdapter.Create, Read);
            silo.AddMemoryStreams(Impatient, Read);
            silo.Services.Configure<StreamPullingAgentOptions>(Impatient, agent => agent.MaxEventDeliveryTime = TimeSpan.FromMilliseconds(1));
            silo.Services.Configure<ClusterMembershipOptions>(NoticeDeathSoon);
        });
        builder.ConfigureClient(client =>
        {
            client.Services.AddNestedLearningCalls();
            client.AddMemoryStreams(InMemory, streams => streams.ConfigureStreamPubSub(StreamPubSubType.ImplicitOnly));
            client.AddMemoryStreams(Impatient, streams => streams.ConfigureStreamPubSub(StreamPubSubType.ImplicitOnly));
            client.AddPersistentStreams(
                Durable, DurableQueueAdapter.Create, streams => streams.ConfigureStreamPubSub(StreamPubSubType.ImplicitOnly));
        });
        InProcessTestCluster cluster = builder.Build();
        await cluster.DeployAsync();
        return new StreamCluster(cluster, queues, log);
    }

    public async Task<MemoryAddress> CreateAsync(string model, string tenant)
    {
        await _learning.CreateModelAsync(new ModelId(model), Spec, new RoundPolicy(), default);
        return new MemoryAddress(new ModelId(model), new TenantId(tenant));
    }

    public Task PublishAsync(string provider, MemoryAddress memory, params LearningEvent[] events) =>
        Stream(provider, memory).OnNextAsync(StreamedEvents.From(SensorEvents.Source, events));

    public IAsyncStream<StreamedEvents> Stream(string provider, MemoryAddress memory) =>
        cluster.Client.GetStreamProvider(provider).GetTenantStream(memory);

    /// <summary>Returns once a memory has learned as many events.</summary>
    public async Task LearnedAsync(MemoryAddress memory, long events) =>
        await UntilAsync(async () => (await _learning.GetMemoryAsync(memory, default)).Learned >= events);

    /// <summary>Asks again until something that is under way has come about.</summary>
    public static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using CancellationTokenSource hung = new(Hung);
        while (!await condition())
        {
            hung.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    /// <summary>What a memory has learned, what its model made of it, and what it answers.</summary>
    public async Task<string> DescribeAsync(MemoryAddress memory)
    {
        await _learning.FlushAsync(memory, SensorEvents.Source, default);
        MemoryStatus status = await _learning.GetMemoryAsync(memory, default);
        LevelStatus level = Assert.Single(await _learning.GetLevelsAsync(memory.Model, default));
        IReadOnlyList<Prediction> answers =
            await _learning.PredictAsync(memory, [.. SensorEvents.From(1000, 12).Select(asked => asked.Input)], default);
        return $"learned {status.Learned}, correct {status.Correct}, consolidated {level.Events}: {string.Join(", ", answers)}";
    }

    /// <summary>What becomes of a memory of another model that gets the events directly, in order and once.</summary>
    public async Task<string> DescribeReferenceAsync(LearningEvent[] events)
    {
        MemoryAddress reference = await CreateAsync("reference", "tenant");
        await _learning.FeedAsync(reference, SensorEvents.Source, events, default);
        return await DescribeAsync(reference);
    }

    /// <summary>The silo where a memory is.</summary>
    public async Task<InProcessSiloHandle> SiloOfMemoryAsync(MemoryAddress memory) =>
        cluster.GetSiloForAddress((await Management.GetActivationAddress(Memory(memory)))!)!;

    /// <summary>The silo that reads a memory's stream.</summary>
    public async Task<InProcessSiloHandle> SiloOfStreamAsync(MemoryAddress memory) =>
        cluster.GetSiloForAddress((await Management.GetActivationAddress(Feed(memory)))!)!;

    /// <summary>Ends a silo at once: what it holds and has not saved is lost.</summary>
    public async Task CrashAsync(InProcessSiloHandle silo)
    {
        CutOff(silo);
        await cluster.KillSiloAsync(silo);
    }

    /// <summary>Lets a silo reach the store no more.</summary>
    public void CutOff(InProcessSiloHandle silo) =>
        ((CutOffStore)cluster.GetSiloServiceProvider(silo.SiloAddress).GetRequiredService<ITierStore>()).CutOff();

    /// <summary>Lets a memory go, and what feeds it.</summary>
    public async Task DeactivateAsync(MemoryAddress memory)
    {
        await Memory(memory).AsReference<IGrainManagementExtension>().DeactivateOnIdle();
        await Feed(memory).AsReference<IGrainManagementExtension>().DeactivateOnIdle();
    }

    public async ValueTask DisposeAsync()
    {
        await _learning.DisposeAsync();
        await Task.WhenAll(cluster.GetActiveSilos().Select(DrainAsync));
        await cluster.EndAsync();
    }

    /// <summary>As a silo is stopped; one that is cut off from the store cannot save what it holds.</summary>
    private async Task DrainAsync(InProcessSiloHandle silo)
    {
        IServiceProvider services = cluster.GetSiloServiceProvider(silo.SiloAddress);
        try
        {
            await services.GetRequiredService<TierDrain>().DrainAsync();
        }
        catch (StoreException) when (((CutOffStore)services.GetRequiredService<ITierStore>()).IsCutOff)
        {
        }
    }

    private IFastMemoryGrain Memory(MemoryAddress memory) => cluster.Client.GetGrain<IFastMemoryGrain>(memory.ToString());

    private IAddressable Feed(MemoryAddress memory) => cluster.Client.GetGrain(GrainId.Create("streamfeed", memory.ToString()));

    /// <summary>Streams of tenants need no subscriptions, and so no storage for them.</summary>
    private static void Read(ISiloPersistentStreamConfigurator streams)
    {
        streams.ConfigureStreamPubSub(StreamPubSubType.ImplicitOnly);
        streams.ConfigurePullingAgent(agent => agent.Configure(options => options.GetQueueMsgsTimerPeriod = TimeSpan.FromMilliseconds(5)));
    }

    private static void NoticeDeathSoon(ClusterMembershipOptions options)
    {
        options.ProbeTimeout = TimeSpan.FromSeconds(2);
        options.NumMissedProbesLimit = 2;
        options.NumVotesForDeathDeclaration = 1;
    }
}
