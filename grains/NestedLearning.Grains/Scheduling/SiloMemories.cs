using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NestedLearning.Hosting;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Grains;

/// <summary>The memories of this silo, for schedules wherever they run.</summary>
internal sealed class SiloMemories(GrainId id, global::Orleans.Runtime.Silo silo, ILoggerFactory loggers, IServiceProvider services)
    : GrainService(id, silo, loggers), ISiloMemories
{
    // Asked for late: the silo's parts are put together after its services.
    private SiloTiers Tiers => services.GetRequiredService<SiloTiers>();

    public async ValueTask<SweepReply> SendUpAsync(string model, string? level, string after)
    {
        LevelId? only = level is null ? null : new LevelId(level);
        return await SweepAsync(model, after, async resident => await resident.Host.SendUpAsync(only, CancellationToken.None));
    }

    public async ValueTask<SweepReply> ExpireAsync(string model, TimeSpan idleFor, string after)
    {
        DateTimeOffset since = Tiers.Hosting.Time.GetUtcNow() - idleFor;
        return await SweepAsync(model, after, async resident =>
        {
            if (!resident.IsIdle(since))
            {
                return false;
            }

            await resident.Host.SendUpAsync(null, CancellationToken.None);
            resident.Expire();
            await resident.Closed; // What came in between is sent, too.
            return true;
        });
    }

    public async ValueTask<SweepReply> DropAsync(string model, string after)
    {
        ModelId id = new(model);
        if (Tiers.FindModel(id) is { } known)
        {
            known.Delete();
            Tiers.Forget(id, known);
        }

        return await SweepAsync(model, after, async resident =>
        {
            await resident.Host.AbandonAsync();
            resident.Leave();
            return true;
        });
    }

    public ValueTask<LearnedReply> GetLearnedAsync(string model)
    {
        ModelId id = new(model);
        LearningTotals totals = Tiers.FindModel(id)?.Hosting.Learning.Read() ?? default;
        return ValueTask.FromResult(LearnedReply.From(Tiers.Residents.MemoriesOf(id).Count, totals));
    }

    public ValueTask<bool> IsRunningAsync(string schedule)
    {
        ScheduleAddress address = ScheduleAddress.Parse(schedule);
        return ValueTask.FromResult(Tiers.Residents.All<ScheduleHost>().Any(host => host.Schedule == address && host.IsRunning));
    }

    private async Task<SweepReply> SweepAsync(string model, string after, Func<Resident<MemoryHost>, ValueTask<bool>> work)
    {
        using CancellationTokenSource patience = Tiers.StartPatience(CancellationToken.None);
        return await new MemorySweep(Tiers.Residents.MemoriesOf(new ModelId(model)), work).RunAsync(after, patience.Token);
    }
}
