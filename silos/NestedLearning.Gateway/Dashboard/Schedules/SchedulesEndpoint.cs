using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Gateway.Dashboard.Schedules;

/// <summary>The page of a model's schedules.</summary>
internal static class SchedulesEndpoint
{
    public static async Task ShowAsync(PageCall call)
    {
        ModelId model = call.Api.Model;
        await call.Cluster.GetModelAsync(model, call.Stop); // A model that is not there has no page.
        SchedulesView view = new(call.Schedules is { } schedules ? await ReadAsync(schedules, model, call.Stop) : null);
        await call.AnswerAsync<SchedulesPage>(call.Frame("Schedules", model, PageTab.Schedules), view);
    }

    private static async Task<IReadOnlyList<ScheduleLook>> ReadAsync(ISchedules schedules, ModelId model, CancellationToken cancellationToken)
    {
        List<ScheduleLook> looks = [];
        foreach (ScheduleStatus status in await schedules.ListAsync(model, cancellationToken))
        {
            looks.Add(new ScheduleLook(status, await schedules.GetRunsAsync(new ScheduleAddress(model, status.Spec.Id), cancellationToken)));
        }

        return looks;
    }
}
