using NestedLearning.Models;
using NestedLearning.Tiers;
using Orleans.Concurrency;

namespace NestedLearning.Grains;

/// <summary>Adds up parts of rounds in its silo's compute queue.</summary>
[Reentrant]
[ShardPlacement]
internal sealed class ShardGrain(SiloTiers tiers) : Grain, IShardGrain
{
    /// <summary>A level folds one round at a time; the other is one whose owner has been replaced, or does not ask any more.</summary>
    private const int MaxParts = 2;

    private readonly PartedUpdates _uploads = new(MaxParts, Array.MaxLength);
    private readonly Dictionary<Guid, Task<ReadOnlyMemory<byte>>> _sums = [];
    private readonly Queue<Guid> _oldest = new();
    private IReversibleLevel? _level;

    public ValueTask TakeAsync(UpdatePart part, CancellationToken cancellationToken)
    {
        CheckRuns();
        if (!_sums.ContainsKey(part.Upload) && _uploads.Take(part) is { } updates)
        {
            while (_sums.Count >= MaxParts)
            {
                _sums.Remove(_oldest.Dequeue());
            }

            _oldest.Enqueue(part.Upload);
            _sums.Add(part.Upload, AddUpAsync(updates));
        }

        return ValueTask.CompletedTask;
    }

    /// <exception cref="StoppingException">The silo is stopping, or these updates are not here any more.</exception>
    public async ValueTask<SumsPiece> ReadAsync(Guid upload, int offset, CancellationToken cancellationToken)
    {
        CheckRuns();
        if (!_sums.TryGetValue(upload, out Task<ReadOnlyMemory<byte>>? adding))
        {
            throw new StoppingException(this.GetPrimaryKeyString());
        }

        using CancellationTokenSource patience = tiers.StartPatience(cancellationToken);
        try
        {
            ReadOnlyMemory<byte> sums = await adding.WaitAsync(patience.Token);
            return new SumsPiece(sums.Length, new Payload(sums.Slice(offset, Math.Min(tiers.Options.MessageBytes, sums.Length - offset))));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return default; // Whoever asked asks again.
        }
    }

    private async Task<ReadOnlyMemory<byte>> AddUpAsync(ReadOnlyMemory<byte> updates)
    {
        ModelId model = ConsolidatorKey.Parse(this.GetPrimaryKeyString()).Model;
        IReversibleLevel level = _level ??= await CreateLevelAsync();
        return await tiers.Compute.RunAsync(() => RoundPart.AddUp(model, level, updates), tiers.Stopping);
    }

    private async Task<IReversibleLevel> CreateLevelAsync()
    {
        ConsolidatorKey key = ConsolidatorKey.Parse(this.GetPrimaryKeyString());
        SiloModel model = await tiers.ModelAsync(key.Model, key.Incarnation);
        return (IReversibleLevel)model.Settings.Spec.CreateSharedLevel(key.Level, threads: 1);
    }

    private void CheckRuns()
    {
        if (tiers.IsStopping)
        {
            throw new StoppingException(this.GetPrimaryKeyString());
        }
    }
}
