using System.Net.Sockets;
using NestedLearning.Contracts;
using Polly;

namespace NestedLearning.Silo.Tests;

public sealed class ResilienceTests
{
    private static readonly SocketException NoAnswer = new((int)SocketError.ConnectionRefused);

    [Fact]
    public async Task Patient_NoPatience_FailsWithTheFirstError()
    {
        int calls = 0;
        ResiliencePipeline pipeline = Resilience.Patient(TimeSpan.Zero, TimeProvider.System, _ => Assert.Fail("It was repeated."));

        await Assert.ThrowsAsync<SocketException>(async () => await pipeline.ExecuteAsync(_ =>
        {
            calls++;
            return ValueTask.FromException(NoAnswer);
        }));

        Assert.Equal(1, calls);
    }

    [Fact]
    public async Task Patient_AnswerAfterAWhile_IsWaitedFor()
    {
        ManualTime time = new();
        int calls = 0;
        int retries = 0;
        ResiliencePipeline pipeline = Resilience.Patient(TimeSpan.FromSeconds(15), time, _ => retries++);

        Task<int> call = pipeline.ExecuteAsync(_ => ++calls < 3 ? ValueTask.FromException<int>(NoAnswer) : ValueTask.FromResult(calls)).AsTask();
        while (!call.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(4));
            await Task.Yield();
        }

        Assert.Equal((3, 2), (await call, retries));
    }

    [Fact]
    public async Task Patient_ErrorThatTimeDoesNotMend_FailsAtOnce()
    {
        ResiliencePipeline pipeline = Resilience.Patient(TimeSpan.FromMinutes(1), TimeProvider.System, _ => Assert.Fail("It was repeated."));

        await Assert.ThrowsAsync<FormatException>(async () => await pipeline.ExecuteAsync(_ => ValueTask.FromException(new FormatException())));
    }
}
