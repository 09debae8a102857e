using Microsoft.AspNetCore.Http;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Gateway;

/// <summary>What concerns the versions of a level.</summary>
internal static class VersionEndpoints
{
    private const int StandardCount = 50;

    public static async Task ListAsync(ApiCall call)
    {
        long before = call.WholeNumber("before") is > 0 and long given ? given : long.MaxValue;
        long count = call.WholeNumber("count") is > 0 and long asked ? asked : StandardCount;
        if (count > ILearningCluster.MaxVersions)
        {
            throw new BadHttpRequestException($"'count' is {count}; accepted: 1 to {ILearningCluster.MaxVersions}.");
        }

        IReadOnlyList<VersionRecord> versions = await call.Cluster.GetVersionsAsync(call.Model, call.Level, before, (int)count, call.Stop);
        await call.WriteAsync(versions, ApiJson.Default.IReadOnlyListVersionRecord);
    }

    /// <summary>Publishes an earlier version again; both numbers have to be given.</summary>
    public static async Task RollbackAsync(ApiCall call)
    {
        LineageEntry made = await call.Cluster.RollbackAsync(
            call.Model, call.Level, call.RequiredNumber("version"), call.RequiredNumber("from"), call.Stop);
        await call.WriteAsync(made, ApiJson.Default.LineageEntry);
    }

    /// <summary>Folds what a version left out.</summary>
    public static async Task ReplayAsync(ApiCall call)
    {
        LineageEntry made = await call.Cluster.ReplayAsync(call.Model, call.Level, call.RequiredNumber("version"), call.Stop);
        await call.WriteAsync(made, ApiJson.Default.LineageEntry);
    }

    /// <summary>Folds everything that was learned; the answer comes once it is durable.</summary>
    public static async Task ConsolidateAsync(ApiCall call)
    {
        LevelId? level = call.Context.Request.Query["level"] is [{ } name] ? new LevelId(name) : null;
        ConsolidationReport report = await call.Cluster.ConsolidateAsync(call.Model, level, call.Stop);
        await call.WriteAsync(ConsolidationDocument.From(report), ApiJson.Default.ConsolidationDocument);
    }
}
