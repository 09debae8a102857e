using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>
/// The perceptron of <see cref="Mlp"/> with experience replay: a uniform sample of all events so far, from
/// which a few are learned again with every new event.
/// </summary>
public sealed class Replay : IContinualLearner
{
    /// <summary>The number of events kept.</summary>
    public const int DefaultCapacity = 500;

    /// <summary>The best learning rate found on CLINC150.</summary>
    public const float DefaultRate = 0.3f;

    /// <summary>How many kept events are learned again with each new one; more is no better on CLINC150.</summary>
    public const int DefaultReplays = 2;

    private readonly MlpNetwork _network;
    private readonly Reservoir _reservoir;
    private readonly float _rate;
    private readonly int _replays;

    /// <summary>A network over keys of length <paramref name="features"/>; the seed fixes its first weights and its samples.</summary>
    public Replay(
        int features, int seed, int capacity = DefaultCapacity, int replays = DefaultReplays, float rate = DefaultRate)
    {
        _network = new MlpNetwork(features, Mlp.HiddenUnits, seed);
        _reservoir = new Reservoir(capacity, seed);
        _replays = replays;
        _rate = rate;
    }

    /// <inheritdoc/>
    public string Name => "replay";

    /// <inheritdoc/>
    public int Predict(in SparseVector key) => _network.Best(key);

    /// <inheritdoc/>
    public void Learn(in SparseVector key, int label)
    {
        Descend(key, label);
        for (int i = 0; i < _replays && _reservoir.Count > 0; i++)
        {
            KeyedExample past = _reservoir.Draw();
            Descend(past.Key, past.Label);
        }

        _reservoir.Add(new KeyedExample(key, label));
    }

    /// <inheritdoc/>
    public void EndTask()
    {
    }

    private void Descend(in SparseVector key, int label)
    {
        _network.Grow(label + 1);
        _network.Backpropagate(key, label);
        _network.Descend(key, _rate);
    }
}
