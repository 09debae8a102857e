using NestedLearning.Hosting;
using NestedLearning.Tiers;

namespace NestedLearning.Grains;

/// <summary>What the schedules of one silo share.</summary>
internal sealed class ClusterSchedules(SiloTiers tiers, IScheduledActions actions, SiloSweep silos, ILocalSiloDetails silo)
{
    public ScheduleHosting HostingOf(ScheduleAddress schedule) =>
        new(tiers.Hosting.Store, actions, silo.SiloAddress.ToParsableString())
        {
            Time = tiers.Hosting.Time,
            IsGoneAsync = (run, _) => silos.IsGoneAsync(schedule, run),
        };
}
