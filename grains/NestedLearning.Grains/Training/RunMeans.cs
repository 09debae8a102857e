using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Grains;

/// <summary>What a worker works with: its run, the model, the data, and the grains of both.</summary>
internal sealed class RunMeans(ModelId model, SiloModel known, IGrainFactory grains, TierCalls calls, ITrainingDataSource source, TimeProvider time)
{
    private readonly IConsolidatorGrain _level = grains.GetGrain<IConsolidatorGrain>(
        new ConsolidatorKey(model, known.Incarnation, known.Links[0].Level, 0).ToString());

    public RunLink Run { get; } = new(grains.GetGrain<ITrainingRunGrain>(model.Value), calls, time);

    /// <summary>Whether workers learn in step: each round of the level waits for several of them, or they wait for its version.</summary>
    public bool WaitsForRounds => known.Settings.Policy.Synchronous || known.Settings.Policy.MinContributors > 1;

    /// <summary>The fastest shared level.</summary>
    public async ValueTask<LevelStatus> GetLevelAsync(CancellationToken cancellationToken) =>
        (await calls.AskAsync(_level.GetStatusAsync, cancellationToken)).ToStatus();

    /// <summary>Opens the data of a run as it was found; reading it renews the lease, by the report as it is then.</summary>
    /// <exception cref="DataException">It cannot be opened, or has changed.</exception>
    public async Task<RunData> OpenDataAsync(ShardGrant grant, RunExtent extent, Func<ShardReport> report, CancellationToken cancellationToken)
    {
        RunData data = await OpenDataAsync(grant, report, cancellationToken);
        if (data.Stamp == extent.Stamp)
        {
            return data;
        }

        data.Dispose();
        throw new DataException(data.Examples.Name, null, "not the data that the run began with; give other data another name, for a run of its own");
    }

    /// <summary>Opens the data of a run; reading it renews the lease, by the report as it is then.</summary>
    /// <exception cref="DataException">It cannot be opened.</exception>
    public Task<RunData> OpenDataAsync(ShardGrant grant, Func<ShardReport> report, CancellationToken cancellationToken) =>
        RunData.OpenAsync(source, grant.Spec, known.Settings.Spec, stop => Run.RenewAsync(grant.Lease, report(), stop), cancellationToken);

    public ShardChannel ChannelOf(ShardGrant grant)
    {
        IFastMemoryGrain memory = grains.GetGrain<IFastMemoryGrain>(MemoryKey.Of(new MemoryAddress(model, grant.Memory)));
        return new ShardChannel(memory, grant.Lease, Run, calls);
    }
}
