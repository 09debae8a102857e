using NestedLearning.Hosting;
using NestedLearning.Tiers;

namespace NestedLearning.Simulation.Tests.Mutations;

/// <summary>A run with one part replaced by a broken one.</summary>
internal sealed class BrokenWiring : Wiring
{
    public Func<ITierStore, NodeLife, ITierStore> BreakStore { get; init; } = (store, _) => store;

    public Func<ILevelLink, ILevelLink> BreakLink { get; init; } = link => link;

    public Func<ILevelService, ILevelService> BreakLevel { get; init; } = level => level;

    public Func<IEventChannel, IEventChannel> BreakChannel { get; init; } = channel => channel;

    /// <summary>Every rule that a run can break, and what breaks it.</summary>
    public static IReadOnlyDictionary<string, BrokenWiring> All { get; } = new Dictionary<string, BrokenWiring>
    {
        ["memories are called saved before they are"] = new() { BreakStore = (store, life) => new LateSaves(store, life, LateSaves.Memories) },
        ["levels are called saved before they are"] = new() { BreakStore = (store, life) => new LateSaves(store, life, LateSaves.Levels) },
        ["bases are saved after the state"] = new() { BreakStore = (store, life) => new LateSaves(store, life, LateSaves.Bases) },
        ["marks are saved after the state"] = new() { BreakStore = (store, life) => new HalfSaves(store, life, areMarksFirst: false) },
        ["marks are saved before the state"] = new() { BreakStore = (store, life) => new HalfSaves(store, life, areMarksFirst: true) },
        ["a level's marks are not restored"] = new() { BreakStore = (store, _) => new ChangedLoads(store, ChangedLoads.LevelWithoutMarks) },
        ["a memory's marks are not restored"] = new() { BreakStore = (store, _) => new ChangedLoads(store, ChangedLoads.MemoryWithoutMarks) },
        ["folds count twice after a crash"] = new() { BreakStore = (store, _) => new ChangedLoads(store, ChangedLoads.LevelWithJournalTwice) },
        ["memories forget their state"] = new() { BreakStore = (store, _) => new ForgottenMemories(store) },
        ["tags are ignored"] = new() { BreakStore = (store, _) => new IgnoredTags(store) },
        ["the outbox is trimmed by what is applied"] = new() { BreakLink = link => new OutboxTrimmedByApplied(link) },
        ["a resend is dropped"] = new() { BreakLink = link => new ResendDropped(link) },
        ["updates are released before they are in a version"] = new() { BreakLink = link => new ReleasedTooEarly(link) },
        ["a replica is rounded"] = new() { BreakLink = link => new RoundedReplica(link) },
        ["a known update is taken again"] = new() { BreakLevel = level => new TakenUnderAnotherNumber(level, TakenUnderAnotherNumber.Known) },
        ["an update after a gap is taken"] = new() { BreakLevel = level => new TakenUnderAnotherNumber(level, TakenUnderAnotherNumber.AfterAGap) },
        ["a level goes back whatever its newest version is"] = new() { BreakLevel = level => new RolledBackFromAnyVersion(level) },
        ["what was rolled back is back after a crash"] = new() { BreakStore = (store, _) => new ChangedLoads(store, ChangedLoads.LevelWithoutReleases) },
        ["what is left to erase is unknown after a crash"] = new() { BreakStore = (store, _) => new ChangedLoads(store, ChangedLoads.LevelWithoutErasing) },
        ["quarantines are called saved before they are"] = new() { BreakStore = (store, life) => new LateSaves(store, life, LateSaves.Quarantines) },
        ["nothing is ever deleted"] = new() { BreakStore = (store, _) => new NothingDeleted(store) },
        ["a client's receipt says durable before the save"] = new() { BreakChannel = channel => new AppliedCalledDurable(channel) },
        ["a client goes on anywhere"] = new() { BreakChannel = channel => new GoesOnAnywhere(channel) },
    };

    public override ITierStore Store(ITierStore store, NodeLife life) => BreakStore(store, life);

    public override ILevelLink Link(ILevelLink link) => BreakLink(link);

    public override ILevelService Level(ILevelService level) => BreakLevel(level);

    public override IEventChannel Channel(IEventChannel channel) => BreakChannel(channel);
}
