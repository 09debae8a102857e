using NestedLearning.Models;

namespace NestedLearning.Tiers;

/// <summary>
/// Training whose workers read the data by themselves, in a cluster that has them; a model has one run at a time. Where the
/// data is not in the workers' reach, a client reads it and feeds it to an <see cref="ILearningCluster"/>.
/// </summary>
public interface ITrainingRuns
{
    /// <summary>
    /// Begins a run of a model that exists, and returns at once. The same run again goes on where it was stopped or failed,
    /// and is left alone if it is under way or done.
    /// </summary>
    /// <exception cref="InvalidRunException">A setting is out of its range, or does not go with the model's rounds.</exception>
    /// <exception cref="RunUnderWayException">Another run of the model is under way.</exception>
    /// <exception cref="UnknownModelException">There is no such model.</exception>
    /// <exception cref="UnreachableDataException">The workers cannot open the data, or may not.</exception>
    ValueTask<RunProgress> StartRunAsync(ModelId model, RunSpec spec, CancellationToken cancellationToken);

    /// <summary>How the model's last run stands.</summary>
    /// <exception cref="UnknownRunException">None was begun.</exception>
    ValueTask<RunProgress> GetRunAsync(ModelId model, CancellationToken cancellationToken);

    /// <summary>Stops the model's run, if it is under way; what is learned stays learned.</summary>
    /// <exception cref="UnknownRunException">None was begun.</exception>
    ValueTask<RunProgress> StopRunAsync(ModelId model, CancellationToken cancellationToken);
}
