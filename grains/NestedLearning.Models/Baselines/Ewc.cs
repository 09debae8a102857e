using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>
/// The perceptron of <see cref="Mlp"/> with elastic weight consolidation (Kirkpatrick et al., PNAS 2017): at the end of
/// each task the diagonal of the Fisher information is added up and the weights become the anchor of the penalty
/// <c>λ/2 Σ F_i (θ_i − θ*_i)²</c> (one penalty for all tasks, as Huszár corrects it, PNAS 2018).
/// </summary>
public sealed class Ewc : IContinualLearner
{
    /// <summary>The best learning rate found on CLINC150.</summary>
    public const float DefaultRate = 0.6f;

    /// <summary>The best weight λ of the penalty found on CLINC150.</summary>
    public const float DefaultPenalty = 200f;

    private readonly MlpNetwork _network;
    private readonly List<KeyedExample> _task = [];
    private readonly ElasticRow[] _inputs;
    private readonly List<ElasticRow> _outputs = [];
    private readonly float _rate;
    private readonly float _penalty;
    private int _steps;

    /// <summary>A network over keys of length <paramref name="features"/>; the seed fixes its first weights.</summary>
    public Ewc(int features, int seed, float rate = DefaultRate, float penalty = DefaultPenalty)
    {
        _network = new MlpNetwork(features, Mlp.HiddenUnits, seed);
        _inputs = [.. Enumerable.Range(0, features).Select(_ => new ElasticRow(Mlp.HiddenUnits))];
        _rate = rate;
        _penalty = penalty;
    }

    /// <inheritdoc/>
    public string Name => "ewc";

    /// <inheritdoc/>
    public int Predict(in SparseVector key)
    {
        Pull(key);
        return _network.Best(key);
    }

    /// <inheritdoc/>
    public void Learn(in SparseVector key, int label)
    {
        Grow(label + 1);
        Pull(key);
        _network.Backpropagate(key, label);
        _network.Descend(key, _rate);
        _steps++;
        _task.Add(new KeyedExample(key, label));
    }

    /// <inheritdoc/>
    public void EndTask()
    {
        float share = 1f / Math.Max(1, _task.Count);
        PullOutputs();
        for (int feature = 0; feature < _inputs.Length; feature++)
        {
            PullInput(feature);
        }

        foreach (KeyedExample example in _task)
        {
            _network.Backpropagate(example.Key, example.Label);
            AddSquaredGradient(example.Key, share);
        }

        for (int feature = 0; feature < _inputs.Length; feature++)
        {
            _inputs[feature].Anchor(_network.InputRow(feature));
        }

        for (int label = 0; label < _outputs.Count; label++)
        {
            _outputs[label].Anchor(_network.OutputRow(label));
        }

        _task.Clear();
    }

    private void Grow(int classes)
    {
        _network.Grow(classes);
        while (_outputs.Count < classes)
        {
            _outputs.Add(new ElasticRow(Mlp.HiddenUnits) { PulledAt = _steps });
        }
    }

    /// <summary>Brings the weights that <paramref name="key"/> meets up to the present step.</summary>
    private void Pull(in SparseVector key)
    {
        foreach (ushort feature in key.Indices.Span)
        {
            PullInput(feature);
        }

        PullOutputs();
    }

    private void PullInput(int feature) =>
        _inputs[feature].Pull(_network.InputRow(feature), _steps, _rate * _penalty);

    private void PullOutputs()
    {
        for (int label = 0; label < _outputs.Count; label++)
        {
            _outputs[label].Pull(_network.OutputRow(label), _steps, _rate * _penalty);
        }
    }

    private void AddSquaredGradient(in SparseVector key, float share)
    {
        ReadOnlySpan<ushort> indices = key.Indices.Span;
        ReadOnlySpan<float> values = key.Values.Span;
        for (int i = 0; i < indices.Length; i++)
        {
            _inputs[indices[i]].AddSquares(share * values[i] * values[i], _network.HiddenErrors);
        }

        ReadOnlySpan<float> errors = _network.ScoreErrors;
        for (int label = 0; label < errors.Length; label++)
        {
            _outputs[label].AddSquares(share * errors[label] * errors[label], _network.Hidden);
        }
    }
}
