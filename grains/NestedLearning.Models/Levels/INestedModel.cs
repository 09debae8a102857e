using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>
/// A nested model as one fast memory runs it: private levels of its own over its replica of the shared ones.
/// Not safe for concurrent use; a memory is the only caller.
/// </summary>
public interface INestedModel
{
    /// <summary>The levels, fastest first.</summary>
    IReadOnlyList<LevelSpec> Levels { get; }

    /// <summary>The bytes that the private state occupies in this process; what it shares with others is not counted.</summary>
    long PrivateBytes { get; }

    /// <summary>
    /// The sum of what the model's own loss said of each event just before it was learned, since the memory exists; 0 for a model whose
    /// answers are only right or wrong.
    /// </summary>
    double Loss => 0;

    /// <summary>What the texts that it has learned cost just before, since the memory exists; 0 bytes for a model that learns no texts token by token.</summary>
    CodeLength CodeLength => default;

    /// <summary>Answers without learning.</summary>
    /// <exception cref="InvalidInputException">The input is not one that this model accepts.</exception>
    Prediction Predict(ModelInput input);

    /// <summary>Answers first and learns then, so that the answer is a fair (prequential) one.</summary>
    /// <exception cref="InvalidInputException">The event is not one that this model accepts; nothing was learned.</exception>
    Prediction Step(ModelInput input, string label);

    /// <summary>How many events the next <see cref="Drain"/> of a shared level would carry.</summary>
    long Pending(LevelId level);

    /// <summary>
    /// Takes what was learned since the last drain as an update for a shared level, and keeps it locally under
    /// <paramref name="sequence"/> until a version that contains it is adopted.
    /// </summary>
    Contribution Drain(LevelId level, long sequence);

    /// <summary>
    /// Takes over a version of a shared level and releases the local copy of every drain up to
    /// <paramref name="foldedThrough"/>, which the version contains, so that nothing counts twice.
    /// </summary>
    void Adopt(LevelId level, LevelVersion version, long foldedThrough);

    /// <summary>The private state: everything that is not in a version of a shared level.</summary>
    TensorSet Save();

    /// <summary>Takes up a private state that <see cref="Save"/> made; versions are adopted afterwards.</summary>
    void Load(TensorSet state);
}
