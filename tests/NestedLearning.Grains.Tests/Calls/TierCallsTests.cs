using Microsoft.Extensions.Options;
using NestedLearning.Tiers;

namespace NestedLearning.Grains.Tests.Calls;

public sealed class TierCallsTests
{
    private int _calls;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5)]
    public async Task AskAsync_WhatMayPassPasses_AnswersAfterAsManyRepeats(int failures)
    {
        Assert.Equal("answer", await Calls(5).AskAsync(_ => FailAsync(failures, new BusyException("queue")), default));
        Assert.Equal(failures + 1, _calls);
    }

    [Fact]
    public async Task AskAsync_WhatMayPassStays_ThrowsItAfterTheLastRepeat()
    {
        BusyException error = new("queue");
        Assert.Same(error, await Assert.ThrowsAsync<BusyException>(async () => await Calls(5).AskAsync(_ => FailAsync(99, error), default)));
        Assert.Equal(6, _calls);
    }

    [Fact]
    public async Task AskAsync_NoRepeatsAllowed_ThrowsAtOnce()
    {
        await Assert.ThrowsAsync<StoppingException>(async () => await Calls(0).AskAsync(_ => FailAsync(99, new StoppingException("silo")), default));
        Assert.Equal(1, _calls);
    }

    [Fact]
    public async Task AskAsync_WhatDoesNotPass_IsNotRepeated()
    {
        await Assert.ThrowsAsync<UnknownModelException>(
            async () => await Calls(5).AskAsync(_ => FailAsync(99, new UnknownModelException(new Models.ModelId("m"))), default));
        Assert.Equal(1, _calls);
    }

    [Fact]
    public async Task AskOnceMoreAsync_WhatMayPassStays_IsRepeatedTwice()
    {
        await Assert.ThrowsAsync<TimeoutException>(async () => await Calls(5).AskOnceMoreAsync(_ => FailAsync(99, new TimeoutException()), default));
        Assert.Equal(3, _calls);
    }

    private static TierCalls Calls(int retries) =>
        new(Options.Create(new TierCallOptions { MaxRetries = retries, RetryDelay = TimeSpan.Zero, MaxRetryDelay = TimeSpan.Zero }));

    private async ValueTask<string> FailAsync(int failures, Exception error)
    {
        await Task.Yield();
        return _calls++ < failures ? throw error : "answer";
    }
}
