namespace NestedLearning.Grains;

/// <summary>The owner of one shared level, or of one shard of it. Its key is <c>model/level/shard</c>.</summary>
[Alias("nl.IConsolidatorGrain")]
public interface IConsolidatorGrain : IGrainWithStringKey
{
    /// <summary>Takes an update, or a part of one.</summary>
    [Alias("Submit")]
    ValueTask<SubmitReply> SubmitAsync(UpdatePart part, CancellationToken cancellationToken);

    /// <summary>Which of a source's updates the newest durable version contains.</summary>
    [Alias("Marks")]
    ValueTask<MarksReply> GetMarksAsync(string source, CancellationToken cancellationToken);

    /// <summary>As <see cref="GetMarksAsync"/>, by an activation that has just made sure that no other has saved the level since.</summary>
    [Alias("OwnedMarks")]
    ValueTask<MarksReply> GetOwnedMarksAsync(string source, CancellationToken cancellationToken);

    /// <summary>The way from a version to the newest durable one; from -1 for a replica that has none.</summary>
    [Alias("Offer")]
    ValueTask<VersionOffer> OfferAsync(long from, CancellationToken cancellationToken);

    /// <summary>A part of a frame that was offered; nothing where the offer no longer holds.</summary>
    [Alias("Read")]
    ValueTask<Payload> ReadAsync(long from, long version, int frame, int offset, CancellationToken cancellationToken);

    /// <summary>
    /// The newest durable version and what the level has absorbed with it, of one moment; its frames are read part by part, for a while.
    /// </summary>
    [Alias("OfferCheckpoint")]
    ValueTask<VersionOffer> OfferCheckpointAsync(CancellationToken cancellationToken);

    /// <summary>A part of a checkpoint's frame that was offered; nothing where the offer no longer holds.</summary>
    [Alias("ReadCheckpoint")]
    ValueTask<Payload> ReadCheckpointAsync(long version, int frame, int offset, CancellationToken cancellationToken);

    /// <summary>Answers once a version after the given one is durable, or after a while; always with the newest number.</summary>
    [Alias("Wait")]
    ValueTask<long> WaitPastAsync(long version, CancellationToken cancellationToken);

    /// <summary>
    /// Folds the open round, also without its quorum; answers with how the level stands once the version is durable, or with
    /// nothing after a while.
    /// </summary>
    [Alias("FoldNow")]
    ValueTask<LevelReply?> FoldNowAsync(CancellationToken cancellationToken);

    /// <summary>Where the newest versions below one came from, as JSON, newest first.</summary>
    [Alias("Versions")]
    ValueTask<Payload> GetVersionsAsync(long before, int count, CancellationToken cancellationToken);

    /// <summary>Publishes an earlier version again; the version that this made, as JSON.</summary>
    [Alias("Rollback")]
    ValueTask<Payload> RollbackAsync(long version, long from, CancellationToken cancellationToken);

    /// <summary>Folds what a version left out; the version that this made, as JSON.</summary>
    [Alias("Replay")]
    ValueTask<Payload> ReplayAsync(long version, CancellationToken cancellationToken);

    /// <summary>
    /// Takes a source out of the level and of what is stored of it. Answers with what that came to as JSON, or with nothing after a while;
    /// who asks again joins what is under way.
    /// </summary>
    [Alias("Forget")]
    ValueTask<Payload?> ForgetAsync(string source, CancellationToken cancellationToken);

    /// <summary>A page of what the level has of a source.</summary>
    /// <param name="source">The source.</param>
    /// <param name="through">Only updates up to this number.</param>
    /// <param name="export">Names the export. It begins with its first page.</param>
    /// <param name="page">The page, from 0; the last one may be asked for again.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="NestedLearning.Tiers.ExportOvertakenException">The export is not known here any more.</exception>
    [Alias("Export")]
    ValueTask<ExportPage> ExportAsync(string source, long through, Guid export, int page, CancellationToken cancellationToken);

    /// <summary>The model is deleted: stops, and writes nothing any more once it is answered.</summary>
    [Alias("Leave")]
    ValueTask LeaveAsync();

    /// <summary>Which tenants the level has folded something of, by name: those whose names begin so and come after another.</summary>
    [Alias("Tenants")]
    ValueTask<string[]> GetTenantsAsync(string prefix, string? after, int count, CancellationToken cancellationToken);

    /// <summary>How well the newest version knows what each source has taught, by the gate's probes; none where there is no gate.</summary>
    [Alias("Probes")]
    ValueTask<ProbeScoreReply[]> GetProbeScoresAsync(CancellationToken cancellationToken);

    /// <summary>How the level stands.</summary>
    [Alias("Status")]
    ValueTask<LevelReply> GetStatusAsync(CancellationToken cancellationToken);
}
