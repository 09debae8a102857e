using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>A perceptron with 256 hidden units trained by SGD in one pass: the conventional model that forgets.</summary>
public sealed class Mlp : IContinualLearner
{
    /// <summary>The number of hidden units.</summary>
    public const int HiddenUnits = 256;

    /// <summary>The best learning rate found on CLINC150.</summary>
    public const float DefaultRate = 0.6f;

    private readonly MlpNetwork _network;
    private readonly float _rate;

    /// <summary>A network over keys of length <paramref name="features"/>; the seed fixes its first weights.</summary>
    public Mlp(int features, int seed, float rate = DefaultRate)
    {
        _network = new MlpNetwork(features, HiddenUnits, seed);
        _rate = rate;
    }

    /// <inheritdoc/>
    public string Name => "mlp";

    /// <inheritdoc/>
    public int Predict(in SparseVector key) => _network.Best(key);

    /// <inheritdoc/>
    public void Learn(in SparseVector key, int label)
    {
        _network.Grow(label + 1);
        _network.Backpropagate(key, label);
        _network.Descend(key, _rate);
    }

    /// <inheritdoc/>
    public void EndTask()
    {
    }
}
