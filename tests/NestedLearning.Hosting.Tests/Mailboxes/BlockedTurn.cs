namespace NestedLearning.Hosting.Tests.Mailboxes;

/// <summary>A turn that has begun and lasts until it is released, so that what follows stays in the queue.</summary>
internal sealed class BlockedTurn : IAsyncDisposable
{
    private readonly TaskCompletionSource _began = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _turn = Task.CompletedTask;

    public static async Task<BlockedTurn> StartAsync(Mailbox mailbox)
    {
        BlockedTurn blocked = new();
        blocked._turn = mailbox.AskAsync(
            async _ =>
            {
                blocked._began.SetResult();
                await blocked._released.Task;
            },
            default).AsTask();
        await blocked._began.Task;
        return blocked;
    }

    public void Release() => _released.TrySetResult();

    public async ValueTask DisposeAsync()
    {
        Release();
        await _turn;
    }
}
