using NestedLearning.Gateway.Dashboard.Parts;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Gateway.Dashboard.Overview;

/// <summary>The page of a model's tiers.</summary>
internal static class OverviewEndpoint
{
    public static async Task ShowAsync(PageCall call)
    {
        ModelId model = call.Api.Model;
        ModelSettings settings = await call.Cluster.GetModelAsync(model, call.Stop);
        List<TierLook> levels = [];
        foreach (LevelStatus status in (await call.Cluster.GetLevelsAsync(model, call.Stop)).Reverse())
        {
            IReadOnlyList<VersionRecord> newest = await call.Cluster.GetVersionsAsync(model, status.Level, long.MaxValue, OverviewView.VersionCount, call.Stop);
            levels.Add(new TierLook(status, [.. newest.Select(version => version.Entry)]) { Quorum = settings.Policy.MinContributors });
        }

        OverviewView view = new(levels, await call.LookAsync(model), Measure.Of(settings.Spec))
        {
            Private = [.. settings.Spec.Levels.Where(level => level.Scope == LevelScope.Memory)],
            Now = call.Now,
        };
        await call.AnswerAsync<OverviewPage>(call.Frame("Overview", model, PageTab.Overview), view);
    }
}
