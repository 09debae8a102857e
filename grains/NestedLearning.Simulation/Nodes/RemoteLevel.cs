using NestedLearning.Hosting;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Simulation;

/// <summary>The consolidator as one silo reaches it across the network; a call is repeated for a moment only.</summary>
internal sealed class RemoteLevel(World world, NodeLife life) : ILevelService
{
    private const int Repeats = 2;

    private readonly KnownPlacement _placement = new(world.Placement);

    public Task<Receipt> SubmitAsync(ReadOnlyMemory<byte> update) =>
        CallAsync("submit", Repeats, level => level.SubmitAsync(update));

    public Task<LevelMarks> GetMarksAsync(SourceId source) =>
        CallAsync("get marks", Repeats, level => level.GetMarksAsync(source));

    public Task<VersionReply> PullFramesAsync(long version) =>
        CallAsync("pull", Repeats, level => level.PullFramesAsync(version));

    public Task<LevelMarks> GetOwnedMarksAsync(SourceId source) =>
        CallAsync("get owned marks", Repeats, level => level.GetOwnedMarksAsync(source));

    public Task<long> WaitPastAsync(long version) =>
        CallAsync("wait", 0, level => level.WaitPastAsync(version));

    private Task<T> CallAsync<T>(string what, int repeats, Func<ILevelService, Task<T>> call) => Calls.RepeatAsync(
        life,
        world,
        repeats,
        () => _placement.CallAsync(
            World.Level, silo => world.Calls.AskAsync(life, silo, what, host => host.UseLevelAsync(call))));
}
