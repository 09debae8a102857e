namespace NestedLearning.Grains;

/// <summary>Fetches the way from one version of a level to the newest.</summary>
/// <param name="level">Whose versions.</param>
/// <param name="options">How long a message may be, and how many parts may be under way.</param>
/// <param name="calls">How calls are repeated.</param>
public sealed class VersionDownload(IConsolidatorGrain level, TierSiloOptions options, TierCalls calls)
{
    /// <summary>The frames that lead from a version to the newest; from -1 for a replica that has none.</summary>
    public ValueTask<IReadOnlyList<ReadOnlyMemory<byte>>> FetchAsync(long from, CancellationToken cancellationToken) => new FrameDownload(
        stop => level.OfferAsync(from, stop),
        (version, frame, offset, stop) => level.ReadAsync(from, version, frame, offset, stop),
        options,
        calls).FetchAsync(cancellationToken);
}
