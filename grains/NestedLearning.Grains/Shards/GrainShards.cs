using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NestedLearning.Hosting;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Grains;

/// <summary>The shards of levels as grains. One that fails, or takes too long, leaves its part to the owner.</summary>
internal sealed partial class GrainShards(
    IGrainFactory grains, ComputeQueue compute, TierCalls calls, IOptions<TierSiloOptions> options, ILogger<GrainShards> logger, string incarnation = "")
    : ILevelShards
{
    /// <summary>Those of a model's levels.</summary>
    public GrainShards Of(string incarnation) => new(grains, compute, calls, options, logger, incarnation);

    public async ValueTask AddUpAsync(ModelId model, LevelId level, RoundPart part, CancellationToken cancellationToken)
    {
        string key = new ConsolidatorKey(model, incarnation, level, part.Shard).ToString();
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(options.Value.ShardTimeout);
        try
        {
            byte[] updates = await compute.RunAsync(part.Pack, patience.Token);
            ShardCall call = new(grains.GetGrain<IShardGrain>(key), options.Value, calls);
            ReadOnlyMemory<byte> sums = await call.AskAsync(updates, patience.Token);
            await compute.RunAsync(
                () =>
                {
                    part.Take(sums);
                    return true;
                },
                cancellationToken);
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            TierMetrics.LeftParts.Add(1);
            LogLeft(logger, key, error);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Shard} did not add up its part of a round; the level's owner does.")]
    private static partial void LogLeft(ILogger logger, string shard, Exception error);
}
