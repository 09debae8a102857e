using NestedLearning.Models;

namespace NestedLearning.Tiers;

/// <summary>
/// One continually learning model, or several, shared by many memories: what the gateway, the command line and the tests
/// see of either engine. Every call may be repeated: events are known by their sequence numbers.
/// </summary>
public interface ILearningCluster : IAsyncDisposable
{
    /// <summary>Makes a model, or joins it when one with the same spec and policy is there.</summary>
    /// <exception cref="InvalidSpecException">A setting is out of range.</exception>
    /// <exception cref="ModelConflictException">The model exists with other settings.</exception>
    ValueTask CreateModelAsync(ModelId model, ModelSpec spec, RoundPolicy policy, CancellationToken cancellationToken);

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
}
