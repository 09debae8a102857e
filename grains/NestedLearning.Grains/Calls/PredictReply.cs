using NestedLearning.Models;

namespace NestedLearning.Grains;

/// <summary>Answers on their way to whoever asked.</summary>
[GenerateSerializer, Immutable, Alias("nl.PredictReply")]
public sealed record PredictReply([property: Id(0)] string?[] Labels, [property: Id(1)] float[] Scores)
{
    /// <summary>The answers, in the order of the questions.</summary>
    public IReadOnlyList<Prediction> ToPredictions() =>
        [.. Labels.Zip(Scores, (label, score) => new Prediction(label, score))];

    /// <summary>Answers as they travel.</summary>
    public static PredictReply From(IReadOnlyList<Prediction> predictions) =>
        new([.. predictions.Select(answer => answer.Label)], [.. predictions.Select(answer => answer.Score)]);
}
