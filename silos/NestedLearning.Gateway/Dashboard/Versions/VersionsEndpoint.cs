using Microsoft.AspNetCore.Http;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Gateway.Dashboard.Versions;

/// <summary>The page of a level's versions.</summary>
internal static class VersionsEndpoint
{
    private const int PageSize = 25;

    /// <summary>Leads to the slowest level: the one that most depends on.</summary>
    public static async Task ShowFirstAsync(PageCall call)
    {
        ModelId model = call.Api.Model;
        IReadOnlyList<LevelStatus> levels = await call.Cluster.GetLevelsAsync(model, call.Stop);
        if (levels.Count == 0)
        {
            throw new BadHttpRequestException("The model has no shared level, and so no versions.", StatusCodes.Status404NotFound);
        }

        call.GoTo(PagePaths.Versions(model, levels[^1].Level));
    }

    public static async Task ShowAsync(PageCall call)
    {
        (ModelId model, LevelId level) = (call.Api.Model, call.Api.Level);
        long? before = call.Api.WholeNumber("before") is > 0 and long given ? given : null;
        IReadOnlyList<VersionRecord> versions = await call.Cluster.GetVersionsAsync(model, level, before ?? long.MaxValue, PageSize + 1, call.Stop);
        VersionRecord[] shown = [.. versions.Take(PageSize)];
        long made = call.Api.WholeNumber("made");
        VersionsView view = new(level, [.. (await call.Cluster.GetLevelsAsync(model, call.Stop)).Select(status => status.Level)], shown)
        {
            Before = before,
            HasOlder = versions.Count > PageSize,
            Made = shown.Select(version => version.Entry)
                .FirstOrDefault(entry => entry.Version == made && entry.Outcome == FoldOutcome.RolledBack),
        };
        await call.AnswerAsync<VersionsPage>(call.Frame("Versions", model, PageTab.Versions), view);
    }
}
