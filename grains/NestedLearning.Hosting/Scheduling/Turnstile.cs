namespace NestedLearning.Hosting;

/// <summary>Lets one caller after the other at something that is not safe for concurrent use.</summary>
internal sealed class Turnstile
{
    private readonly SemaphoreSlim _free = new(1, 1);

    /// <summary>Waits for the right to be the only one, which lasts until it is disposed.</summary>
    public async ValueTask<Passage> EnterAsync(CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken);
        return new Passage(_free);
    }

    /// <summary>The right to be the only one.</summary>
    internal readonly record struct Passage(SemaphoreSlim Free) : IDisposable
    {
        public void Dispose() => Free.Release();
    }
}
