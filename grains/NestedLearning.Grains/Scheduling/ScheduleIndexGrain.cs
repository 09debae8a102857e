using NestedLearning.Hosting;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Grains;

/// <summary>Which schedules a model has, as a grain.</summary>
[StoragePlacementFilter]
internal sealed class ScheduleIndexGrain(SiloTiers tiers) : Grain, IScheduleIndexGrain
{
    private ScheduleIndex? _index;

    private ModelId Model => new(this.GetPrimaryKeyString());

    public async ValueTask AddAsync(string schedule, CancellationToken cancellationToken) => await ChangeAsync(
        index => index.AddAsync(new ScheduleAddress(Model, new ScheduleId(schedule)), cancellationToken), cancellationToken);

    public async ValueTask RemoveAsync(string schedule, CancellationToken cancellationToken) => await ChangeAsync(
        index => index.RemoveAsync(new ScheduleAddress(Model, new ScheduleId(schedule)), cancellationToken), cancellationToken);

    public async ValueTask<string[]> ListAsync(CancellationToken cancellationToken)
    {
        _ = await tiers.ModelAsync(Model);
        ScheduleIndex index = await LoadAsync(cancellationToken);
        return [.. index.Schedules.Select(address => address.Schedule.Value)];
    }

    public async ValueTask EraseAsync(CancellationToken cancellationToken)
    {
        ScheduleIndex index = await LoadAsync(cancellationToken);
        foreach (ScheduleAddress schedule in index.Schedules)
        {
            await GrainFactory.GetGrain<IScheduleGrain>(schedule.ToString()).EraseAsync(cancellationToken);
        }

        _index = null;
        await tiers.Hosting.Store.DeleteAsync(StateKey.Schedules(Model), cancellationToken);
    }

    public async ValueTask WakeAsync()
    {
        ScheduleIndex index = await LoadAsync(CancellationToken.None);
        foreach (ScheduleAddress schedule in index.Schedules)
        {
            await GrainFactory.GetGrain<IScheduleGrain>(schedule.ToString()).WakeAsync();
        }
    }

    private async ValueTask ChangeAsync(Func<ScheduleIndex, ValueTask> change, CancellationToken cancellationToken)
    {
        try
        {
            await change(await LoadAsync(cancellationToken));
        }
        catch (StoreException error) when (error.Problem == StoreProblem.Conflict)
        {
            // Another activation saved it: the same call again loads what counts.
            _index = null;
            throw new StoppingException(this.GetPrimaryKeyString());
        }
    }

    private async ValueTask<ScheduleIndex> LoadAsync(CancellationToken cancellationToken)
    {
        if (_index is null)
        {
            ScheduleIndex index = new(tiers.Hosting.Store, StateKey.Schedules(Model));
            await index.LoadAsync(cancellationToken);
            _index = index;
        }

        return _index;
    }
}
