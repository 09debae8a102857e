namespace NestedLearning.Models;

/// <summary>
/// The baselines by name. Those of a stream learn in one pass; the two joint ones see all data at once and bound them
/// from above. Learning rates are the best found on CLINC150, so no baseline is weaker than it has to be.
/// </summary>
public static class BaselineCatalog
{
    private static readonly OrderedDictionary<string, Func<int, int, IContinualLearner>> Continual =
        new(StringComparer.Ordinal)
        {
            ["softmax"] = (features, _) => new OnlineSoftmax(features),
            ["delta"] = (features, _) => new DeltaRule(features),
            ["mlp"] = (features, seed) => new Mlp(features, seed),
            ["ewc"] = (features, seed) => new Ewc(features, seed),
            ["replay"] = (features, seed) => new Replay(features, seed),
            ["nearest-mean"] = (features, _) => new NearestClassMean(features),
        };

    private static readonly OrderedDictionary<string, Func<int, int, IJointLearner>> Joint =
        new(StringComparer.Ordinal)
        {
            ["joint-ridge"] = (features, _) => new JointRidge(features),
            ["joint-linear"] = (features, seed) => new JointLinear(features, seed),
        };

    /// <summary>All names, those of a stream first.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Continual.Keys, .. Joint.Keys];

    /// <summary>Runs one baseline over <paramref name="stream"/> and measures it.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="stream">The tasks with their keys.</param>
    /// <param name="seed">Fixes everything random; the result is reproducible.</param>
    /// <param name="progress">Called every few hundred events of a baseline that streams.</param>
    /// <param name="cancellationToken">Stops between events, or between the stages of a joint fit.</param>
    /// <exception cref="UnknownBaselineException">The name is not one of <see cref="Names"/>.</exception>
    public static BaselineResult Run(
        string name,
        KeyedTaskStream stream,
        int seed = 0,
        Action<ContinualProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        if (Continual.TryGetValue(name, out var continual))
        {
            ContinualResult result = ContinualEvaluation.Run(
                continual(stream.Features, seed), stream, progress, cancellationToken);
            return new BaselineResult(
                name, result.Accuracy.FinalAccuracy, result.Accuracy.AverageForgetting, result.Prequential.Value, result.Accuracy);
        }

        if (Joint.TryGetValue(name, out var joint))
        {
            JointResult result = JointEvaluation.Run(joint(stream.Features, seed), stream, cancellationToken);
            return new BaselineResult(name, result.FinalAccuracy, null, null, null);
        }

        throw new UnknownBaselineException(name);
    }
}
