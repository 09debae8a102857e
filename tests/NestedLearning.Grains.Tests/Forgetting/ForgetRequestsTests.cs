using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Grains.Tests.Forgetting;

public class ForgetRequestsTests
{
    private static readonly SourceId Tenant = new("tenant");
    private static readonly ForgottenLevel Done = new(new LevelId("slow"), 7, 30);
    private static readonly ForgottenLevel NothingLeft = new(new LevelId("slow"), null, 0);
    private static readonly CancellationToken NoPatience = new(true);

    private readonly ForgetRequests<ForgottenLevel> _requests = new(level => level.Version is null);

    [Fact]
    public async Task AskAsync_LongerThanPatience_IsJoinedByWhoAsksAgain()
    {
        TaskCompletionSource<ForgottenLevel> work = new();
        Assert.Null(await _requests.AskAsync(Tenant, () => work.Task, NoPatience));
        ValueTask<ForgottenLevel?> again = _requests.AskAsync(Tenant, () => throw new InvalidOperationException("It is under way."), default);
        work.SetResult(Done);
        Assert.Equal(Done, await again);
    }

    [Fact]
    public async Task AskAsync_EndedUnseen_IsDoneAgainAndTellsWhatWasDone()
    {
        TaskCompletionSource<ForgottenLevel> work = new();
        Assert.Null(await _requests.AskAsync(Tenant, () => work.Task, NoPatience));
        work.SetResult(Done);
        Assert.Equal(Done, await _requests.AskAsync(Tenant, () => Task.FromResult(NothingLeft), default));
        Assert.Equal(NothingLeft, await _requests.AskAsync(Tenant, () => Task.FromResult(NothingLeft), default));
    }

    [Fact]
    public async Task AskAsync_EndedUnseenAndFedSince_TellsWhatIsDoneNow()
    {
        TaskCompletionSource<ForgottenLevel> work = new();
        Assert.Null(await _requests.AskAsync(Tenant, () => work.Task, NoPatience));
        work.SetResult(Done);
        ForgottenLevel more = Done with { Version = 9 };
        Assert.Equal(more, await _requests.AskAsync(Tenant, () => Task.FromResult(more), default));
    }

    [Fact]
    public async Task AskAsync_Failed_SaysSoAndIsTriedAgain()
    {
        await Assert.ThrowsAsync<StoreException>(async () => await _requests.AskAsync(
            Tenant, () => Task.FromException<ForgottenLevel>(new StoreException(StoreProblem.Unavailable, "here", "is away")), default));
        Assert.Equal(Done, await _requests.AskAsync(Tenant, () => Task.FromResult(Done), default));
    }
}
