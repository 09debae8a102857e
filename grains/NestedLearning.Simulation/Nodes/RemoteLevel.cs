using NestedLearning.Hosting;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Simulation;

/// <summary>The consolidator as one process reaches it across the network; a silo repeats a call for a moment only.</summary>
internal sealed class RemoteLevel(World world, NodeLife life, int repeats = RemoteLevel.ForAMoment) : ILevelService
{
    private const int ForAMoment = 2;

    private readonly KnownPlacement _placement = new(world.Placement);

    public Task<Receipt> SubmitAsync(ReadOnlyMemory<byte> update) =>
        CallAsync("submit", repeats, level => level.SubmitAsync(update));

    public Task<LevelMarks> GetMarksAsync(SourceId source) =>
        CallAsync("get marks", repeats, level => level.GetMarksAsync(source));

    public Task<VersionReply> PullFramesAsync(long version) =>
        CallAsync("pull", repeats, level => level.PullFramesAsync(version));

    public Task<LevelMarks> GetOwnedMarksAsync(SourceId source) =>
        CallAsync("get owned marks", repeats, level => level.GetOwnedMarksAsync(source));

    public Task<long> WaitPastAsync(long version) =>
        CallAsync("wait", 0, level => level.WaitPastAsync(version));

    public Task<IReadOnlyList<VersionRecord>> GetVersionsAsync(int count) =>
        CallAsync("get versions", repeats, level => level.GetVersionsAsync(count));

    public Task<LineageEntry> RollbackAsync(long version, long from) =>
        CallAsync($"roll back to {version}", repeats, level => level.RollbackAsync(version, from));

    public Task<LineageEntry> ReplayAsync(long version) =>
        CallAsync($"replay {version}", repeats, level => level.ReplayAsync(version));

    public Task<ForgottenLevel> ForgetAsync(SourceId source) =>
        CallAsync($"forget {source} in the level", repeats, level => level.ForgetAsync(source));

    private Task<T> CallAsync<T>(string what, int times, Func<ILevelService, Task<T>> call) => Calls.RepeatAsync(
        life,
        world,
        times,
        () => _placement.CallAsync(
            World.Level, silo => world.Calls.AskAsync(life, silo, what, host => host.UseLevelAsync(call))));
}
