using NestedLearning.Models;

namespace NestedLearning.Tiers;

/// <summary>
/// One continually learning model, or several, shared by many memories: what the gateway, the command line and the tests
/// see of either engine. Every call may be repeated: events are known by their sequence numbers.
/// </summary>
public interface ILearningCluster : IAsyncDisposable
{
    /// <summary>The most versions that <see cref="GetVersionsAsync"/> gives at once.</summary>
    const int MaxVersions = 1000;

    /// <summary>Makes a model, or joins it when one with the same spec and policy is there.</summary>
    /// <exception cref="InvalidSpecException">A setting is out of range.</exception>
    /// <exception cref="ModelConflictException">The model exists with other settings.</exception>
    ValueTask CreateModelAsync(ModelId model, ModelSpec spec, RoundPolicy policy, CancellationToken cancellationToken);

    /// <summary>Makes a model whose shared levels begin with given parameters, at version 0, or joins it when the same one is there.</summary>
    /// <param name="model">Its name.</param>
    /// <param name="spec">What makes it, but for the parameters.</param>
    /// <param name="policy">When its levels fold.</param>
    /// <param name="levels">The parameters of every shared level, fastest first, and their statistics where they learn by these.</param>
    /// <param name="cancellationToken">
    /// Gives up; a model is there whole or not at all. What had come of it is used by the same call again, and goes when another model of the
    /// name is made, or that name deleted.
    /// </param>
    /// <exception cref="InvalidSpecException">A setting is out of range.</exception>
    /// <exception cref="InvalidInputException">The parameters or statistics are not those of the levels, or do not go together.</exception>
    /// <exception cref="ModelConflictException">The model exists with other settings, or began with other parameters.</exception>
    /// <exception cref="ImportOvertakenException">The name was deleted meanwhile; nothing is there.</exception>
    ValueTask ImportModelAsync(
        ModelId model, ModelSpec spec, RoundPolicy policy, IReadOnlyList<InitialLevel> levels, CancellationToken cancellationToken);

    /// <summary>
    /// The model as it can go on elsewhere: what makes it, and the newest durable version of each shared level. What memories hold is not in it:
    /// <see cref="ConsolidateAsync"/> brings that up first. Imported, its levels fold what they fold here, to the same bits.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="withStatistics">
    /// Whether levels whose updates are statistics bring along what they have absorbed, of one moment with the version: without, they cannot be
    /// imported.
    /// </param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="UnknownModelException">There is no such model.</exception>
    ValueTask<ModelCheckpoint> GetCheckpointAsync(ModelId model, bool withStatistics, CancellationToken cancellationToken);

    /// <summary>The models, by name. One whose making or deletion was cut short may be among them.</summary>
    ValueTask<IReadOnlyList<ModelId>> GetModelsAsync(CancellationToken cancellationToken);

    /// <summary>What a model was made with.</summary>
    /// <exception cref="UnknownModelException">There is no such model.</exception>
    ValueTask<ModelSettings> GetModelAsync(ModelId model, CancellationToken cancellationToken);

    /// <summary>
    /// The tenants whose memories have sent something to the model's fastest shared level, by name. One that was forgotten remains among
    /// them: the level keeps its mark, lest something of it that is still on its way counts.
    /// </summary>
    /// <exception cref="UnknownModelException">There is no such model.</exception>
    ValueTask<IReadOnlyList<TenantId>> GetTenantsAsync(ModelId model, TenantQuery query, CancellationToken cancellationToken);

    /// <summary>
    /// Lets a memory predict and then learn a batch, in order of sequence; known sequence numbers are skipped.
    /// </summary>
    /// <exception cref="EventRefusedException">An event is not acceptable; those before it are learned.</exception>
    /// <exception cref="EventsMissingException">The memory lacks events before those of the batch; nothing was learned.</exception>
    /// <exception cref="UnknownModelException">There is no such model.</exception>
    ValueTask<FeedReceipt> FeedAsync(MemoryAddress memory, EventBatch batch, CancellationToken cancellationToken);

    /// <summary>
    /// Ends the memory's current period early: sends up what it has learned, and returns once that is durable in every
    /// shared level and the memory has adopted the versions it went into.
    /// </summary>
    /// <param name="memory">Whose period it is.</param>
    /// <param name="source">Whose sequence numbers the answer speaks of.</param>
    /// <param name="ticket">Names this flush, so that a repeated one is known.</param>
    /// <param name="cancellationToken">Gives up; what was sent goes on.</param>
    /// <returns>What is durable now of the source's sequence numbers.</returns>
    /// <exception cref="EventsMissingException">The memory lacks events of the source; nothing was ended.</exception>
    ValueTask<Receipt> FlushAsync(
        MemoryAddress memory, SourceId source, FlushTicket ticket, CancellationToken cancellationToken);

    /// <summary>Asks a memory without teaching it; one answer for each input.</summary>
    /// <exception cref="InvalidInputException">An input is not acceptable.</exception>
    ValueTask<IReadOnlyList<Prediction>> PredictAsync(
        MemoryAddress memory, IReadOnlyList<ModelInput> inputs, CancellationToken cancellationToken);

    /// <summary>How the shared levels of a model stand, fastest first.</summary>
    ValueTask<IReadOnlyList<LevelStatus>> GetLevelsAsync(ModelId model, CancellationToken cancellationToken);

    /// <summary>How a memory stands.</summary>
    ValueTask<MemoryStatus> GetMemoryAsync(MemoryAddress memory, CancellationToken cancellationToken);

    /// <summary>The newest durable version of a shared level.</summary>
    ValueTask<LevelVersion> GetVersionAsync(ModelId model, LevelId level, CancellationToken cancellationToken);

    /// <summary>Where the versions of a shared level came from, newest first.</summary>
    /// <param name="model">The model.</param>
    /// <param name="level">Its level.</param>
    /// <param name="before">Only versions below this one.</param>
    /// <param name="count">At most so many, 1 to <see cref="MaxVersions"/>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask<IReadOnlyList<VersionRecord>> GetVersionsAsync(
        ModelId model, LevelId level, long before, int count, CancellationToken cancellationToken);

    /// <summary>
    /// Publishes an earlier version of a shared level again; what has been folded since goes into quarantine.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="level">Its level.</param>
    /// <param name="version">The version to publish again.</param>
    /// <param name="from">The newest version, as the caller knows it.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The version that this made.</returns>
    /// <exception cref="UnknownVersionException">The version cannot be gone back to.</exception>
    /// <exception cref="VersionConflictException">There is a newer version than <paramref name="from"/>.</exception>
    ValueTask<LineageEntry> RollbackAsync(ModelId model, LevelId level, long version, long from, CancellationToken cancellationToken);

    /// <summary>Folds the updates that a version of a shared level left out, whatever its gate says.</summary>
    /// <returns>The version that this made.</returns>
    /// <exception cref="UnknownVersionException">No updates of that version are in quarantine.</exception>
    ValueTask<LineageEntry> ReplayAsync(ModelId model, LevelId level, long version, CancellationToken cancellationToken);

    /// <summary>
    /// Takes a tenant out for good: its memory, with what it has not sent up, and every update of its from the shared levels and from
    /// what is stored beside them. The levels then equal, to the rounding of their sums, levels that never got those updates. It
    /// returns once nothing of them is stored; a call that failed has to be repeated. What the tenant is fed afterwards counts anew.
    /// </summary>
    /// <exception cref="NotForgettableException">A level contains events of the tenant, and does not keep what would take them out; nothing was removed.</exception>
    ValueTask<ForgetReport> ForgetAsync(ModelId model, TenantId tenant, CancellationToken cancellationToken);

    /// <summary>
    /// Everything that is held of a tenant, as files: what its memory has learned and not sent up, and every update of its that is kept in
    /// the shared levels and beside them. They are of the moment at which the first one comes; learning goes on meanwhile. The last file is
    /// the <see cref="ExportManifest"/>.
    /// </summary>
    /// <exception cref="UnknownTenantException">Nothing is known of the tenant; no file comes.</exception>
    /// <exception cref="ExportOvertakenException">The tenant was taken out of the model meanwhile; what came is not whole.</exception>
    IAsyncEnumerable<ExportedFile> ExportTenantAsync(ModelId model, TenantId tenant, CancellationToken cancellationToken);

    /// <summary>
    /// Does away with a model: from now on nobody knows it, what it runs is stopped, and everything that is stored of it goes. It returns
    /// once nothing of it is left; a call that failed has to be repeated, and goes on. A model that is made under the same name afterwards
    /// has nothing of this one.
    /// </summary>
    /// <returns>Whether there was one, whole or in part.</returns>
    ValueTask<bool> DeleteModelAsync(ModelId model, CancellationToken cancellationToken);

    /// <summary>
    /// Lets every memory send up what it has learned, and folds it: one shared level, or all. It returns once the versions are durable.
    /// </summary>
    /// <exception cref="MemoriesFailedException">Some memories could not send; what the others sent is folded.</exception>
    ValueTask<ConsolidationReport> ConsolidateAsync(ModelId model, LevelId? level, CancellationToken cancellationToken);
}
