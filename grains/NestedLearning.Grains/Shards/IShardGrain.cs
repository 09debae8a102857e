namespace NestedLearning.Grains;

/// <summary>
/// A shard of a level besides its owner: it adds up parts of rounds, and keeps nothing that counts. Its key is <c>model/level/shard</c>.
/// </summary>
[Alias("nl.IShardGrain")]
internal interface IShardGrain : IGrainWithStringKey
{
    /// <summary>Takes updates, or a part of them; once they are whole, they are added up.</summary>
    [Alias("Take")]
    ValueTask TakeAsync(UpdatePart part, CancellationToken cancellationToken);

    /// <summary>A piece of what updates come to, once they are added up, or none after a while.</summary>
    /// <param name="upload">As the updates were named under way.</param>
    /// <param name="offset">Where the piece begins.</param>
    /// <param name="cancellationToken">Gives up.</param>
    [Alias("Read")]
    ValueTask<SumsPiece> ReadAsync(Guid upload, int offset, CancellationToken cancellationToken);
}
