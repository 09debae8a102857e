using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using Microsoft.Extensions.Options;
using NestedLearning.Hosting;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Grains;

/// <summary>What the grains of one silo share: storage, compute, the models they know, and the hosts in memory.</summary>
internal sealed class SiloTiers : IDisposable
{
    private readonly IGrainFactory _grains;
    private readonly TierCalls _calls;
    private readonly TimeProvider _clock;
    private readonly GrainShards _shards;
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentDictionary<ModelId, SiloModel> _models = new();

    public SiloTiers(
        IGrainFactory grains, ITierStore store, ComputeQueue compute, TierCalls calls, GrainShards shards, IOptions<TierSiloOptions> options)
    {
        _grains = grains;
        _calls = calls;
        _clock = TimeProvider.System;
        _shards = shards;
        Options = options.Value;
        Compute = compute;
        Residents = new ResidentHosts(Options);
        Hosting = new TierHosting(store, compute)
        {
            FoldThreads = Options.FoldThreads,
            Shards = shards,
            Limits = new FrameLimits(maxFrameBytes: Options.MaxUpdateBytes),
            Time = Options.RoundClock,
        };
    }

    public TierSiloOptions Options { get; }

    public TierHosting Hosting { get; }

    public ComputeQueue Compute { get; }

    public ResidentHosts Residents { get; }

    /// <summary>Whether the silo hands over what it holds.</summary>
    public bool IsStopping => _stopping.IsCancellationRequested;

    /// <summary>Ends when the silo begins to hand over.</summary>
    public CancellationToken Stopping => _stopping.Token;

    /// <summary>A model, asked for once.</summary>
    /// <exception cref="UnknownModelException">There is no such model.</exception>
    public async ValueTask<SiloModel> ModelAsync(ModelId model)
    {
        if (_models.TryGetValue(model, out SiloModel? known))
        {
            return known;
        }

        return _models.GetOrAdd(model, Create(model, await LoadAsync(model)));
    }

    /// <summary>A model as it is now, for whoever must not act for one that was deleted; it is asked for each time.</summary>
    /// <exception cref="UnknownModelException">There is no such model, or another one of its name.</exception>
    public async ValueTask<SiloModel> ModelAsync(ModelId model, string incarnation)
    {
        StoredModel stored = await LoadAsync(model);
        if (stored.Incarnation != incarnation)
        {
            throw new UnknownModelException(model);
        }

        return _models.AddOrUpdate(model, _ => Create(model, stored), (_, known) => known.Incarnation == incarnation ? known : Create(model, stored));
    }

    /// <summary>Forgets a model, if it is still the one that is known here: it is another one, or none, to whoever asks next.</summary>
    public bool Forget(ModelId model, SiloModel known) => _models.TryRemove(KeyValuePair.Create(model, known));

    private async ValueTask<StoredModel> LoadAsync(ModelId model)
    {
        Payload json = await _calls.AskAsync(
            stop => _grains.GetGrain<IModelGrain>(model.Value).GetSettingsAsync(stop), _stopping.Token);
        return StoredModel.FromJson(json.Bytes.Span);
    }

    private SiloModel Create(ModelId model, StoredModel stored)
    {
        LevelReplica[] levels = [.. stored.Spec.Levels
            .Where(level => level.Scope == LevelScope.Shared)
            .Select(level => new LevelReplica(
                _grains.GetGrain<IConsolidatorGrain>(new ConsolidatorKey(model, stored.Incarnation, level.Id, 0).ToString()),
                level.Id,
                this,
                _calls))];
        TierHosting hosting = Hosting with
        {
            Shards = _shards.Of(stored.Incarnation),
            NameMemoryAsync = (memory, stop) => NameAsync(memory, stored.Incarnation, stop),
        };
        return new SiloModel(stored, levels, hosting);
    }

    /// <summary>Lets a memory be opened: not while its tenant is being forgotten.</summary>
    /// <exception cref="BusyException">It is; the same call, a little later, finds that done.</exception>
    public ValueTask AdmitAsync(MemoryAddress memory, SiloModel model)
    {
        IForgettingGrain forgetting = _grains.GetGrain<IForgettingGrain>(ModelKey.Of(memory.Model, model.Incarnation));
        return TellOnceMoreAsync(stop => forgetting.AdmitAsync(memory.Tenant.Value, stop), CancellationToken.None);
    }

    private ValueTask NameAsync(MemoryAddress memory, string incarnation, CancellationToken cancellationToken)
    {
        IMemoryNamesGrain names = _grains.GetGrain<IMemoryNamesGrain>(MemoryNamesKey.Of(memory, incarnation).ToString());
        return TellOnceMoreAsync(stop => names.AddAsync(memory.Tenant.Value, stop), cancellationToken);
    }

    private async ValueTask TellOnceMoreAsync(Func<CancellationToken, ValueTask> call, CancellationToken cancellationToken) =>
        await _calls.AskOnceMoreAsync(
            async stop =>
            {
                await call(stop);
                return true;
            },
            cancellationToken);

    /// <summary>A model that somebody asked for here; null for one that nobody did.</summary>
    public SiloModel? FindModel(ModelId model) => _models.GetValueOrDefault(model);

    /// <summary>How long a call may wait for something before it answers with what there is.</summary>
    public CancellationTokenSource StartPatience(CancellationToken cancellationToken)
    {
        CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stopping.Token);
        patience.CancelAfter(Options.Patience);
        return patience;
    }

    /// <summary>A pause that ends early when the silo stops.</summary>
    public async Task PauseAsync(TimeSpan pause) =>
        await Task.Delay(pause, _clock, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    /// <summary>Ends what runs in the background.</summary>
    public void Dispose() => _stopping.Cancel();

    /// <summary>
    /// Takes no more calls, interrupts what schedules run, saves every memory and run, folds what is due, and stops the rest;
    /// callers go on with the next silo.
    /// </summary>
    /// <exception cref="StoreException">A memory could not be saved; everything is stopped all the same.</exception>
    public async Task DrainAsync()
    {
        List<Exception> failures = [];
        await _stopping.CancelAsync();
        await CloseAllAsync(Residents.All<ScheduleHost>(), failures);
        foreach (ConsolidatorHost level in Residents.All<ConsolidatorHost>())
        {
            level.StopWaiting();
        }

        await CloseAllAsync(Residents.All<MemoryHost>(), failures);
        await CloseAllAsync(Residents.All<ConsolidatorHost>(), failures);
        await CloseAllAsync(Residents.All<RunHost>(), failures);
        if (failures.Count > 0)
        {
            ExceptionDispatchInfo.Throw(failures[0]);
        }
    }

    private static async Task CloseAllAsync<THost>(IReadOnlyList<THost> hosts, List<Exception> failures)
        where THost : IAsyncDisposable =>
        await Parallel.ForEachAsync(hosts, async (host, _) =>
        {
            try
            {
                await host.DisposeAsync();
            }
            catch (Exception error)
            {
                lock (failures)
                {
                    failures.Add(error);
                }
            }
        });
}
