using TorchSharp;
using TorchSharp.Modules;

namespace NestedLearning.Cluster.Benchmarks;

/// <summary>The network of <see cref="Perceptron"/> as TorchSharp's users write it.</summary>
internal sealed class TorchPerceptron : IDisposable
{
    private readonly Sequential _network;
    private readonly torch.optim.Optimizer _optimiser;
    private readonly torch.Tensor _inputs;
    private readonly torch.Tensor _answers;

    public TorchPerceptron(int width, int hidden, int batch)
    {
        _network = torch.nn.Sequential(
            ("in", torch.nn.Linear(width, hidden)), ("gelu", torch.nn.GELU()), ("out", torch.nn.Linear(hidden, width)));
        _optimiser = torch.optim.AdamW(_network.parameters(), lr: 1e-3, weight_decay: 0.01);
        _inputs = torch.randn(batch, width);
        _answers = torch.randn(batch, width);
        Train(); // Which leaves gradients to step along.
    }

    /// <summary>One step of training; the loss before it.</summary>
    public float Train()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        _optimiser.zero_grad();
        torch.Tensor loss = torch.nn.functional.mse_loss(_network.forward(_inputs), _answers);
        loss.backward();
        _optimiser.step();
        return loss.item<float>();
    }

    /// <summary>A step of the optimiser alone, always along the same gradients.</summary>
    public void Step()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        _optimiser.step();
    }

    public void Dispose()
    {
        _optimiser.Dispose();
        _network.Dispose();
        _inputs.Dispose();
        _answers.Dispose();
    }
}
