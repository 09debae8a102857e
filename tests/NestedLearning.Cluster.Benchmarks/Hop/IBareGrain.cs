namespace NestedLearning.Cluster.Benchmarks;

/// <summary>What a hop is compared with: a grain that takes and gives bytes, in silos without anything else.</summary>
[Alias("nl.bench.IBareGrain")]
public interface IBareGrain : IGrainWithIntegerKey
{
    /// <summary>Takes bytes, and answers with how many.</summary>
    [Alias("Take")]
    ValueTask<int> TakeAsync(byte[] payload);

    /// <summary>Gives as many bytes as its key says.</summary>
    [Alias("Give")]
    ValueTask<byte[]> GiveAsync();
}

/// <summary>On the silo from which it was called first.</summary>
[Orleans.Placement.PreferLocalPlacement]
internal sealed class BareGrain : Grain, IBareGrain
{
    private byte[] _bytes = [];

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _bytes = new byte[this.GetPrimaryKeyLong()];
        return Task.CompletedTask;
    }

    public ValueTask<int> TakeAsync(byte[] payload) => ValueTask.FromResult(payload.Length);

    public ValueTask<byte[]> GiveAsync() => ValueTask.FromResult(_bytes);
}
