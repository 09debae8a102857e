using NestedLearning.Models;
using NestedLearning.Tensors;

namespace NestedLearning.Cluster.Benchmarks;

/// <summary>Steps of training of one sequence model on both sides, which begin with the same parameters and see the same windows.</summary>
internal sealed class SequenceSteps : IDisposable
{
    private const double Tolerance = 1e-4;

    private static readonly SequenceTrainingSettings Training = new() { Steps = 1_000_000, WarmUp = 0 };
    private static readonly int[] Text = SeededText(100_000);

    private readonly SequenceModel _model;
    private readonly SequenceTrainer _trainer;
    private readonly TorchSequence _peer;
    private long _peerSteps;

    private SequenceSteps(ManagedBackend backend, SequenceSettings settings)
    {
        _model = new SequenceModel(backend, settings);
        _peer = new TorchSequence(_model, Training);
        _trainer = new SequenceTrainer(_model, Training, Text);
    }

    /// <summary>Hope and the Transformer of its size, as characters of tinyshakespeare take them; every level steps at every step.</summary>
    public static IReadOnlyList<(string Name, SequenceSteps Steps)> Create(ManagedBackend backend) =>
    [
        Of("Hope", backend, new SequenceSettings(65) { Periods = [1, 1, 1] }),
        Of("Transformer", backend, SequenceSettings.Transformer(65)),
    ];

    /// <summary>Takes steps on both sides.</summary>
    /// <exception cref="InvalidOperationException">The losses differ: they would not be the same model.</exception>
    public void RequireSame()
    {
        for (int step = 1; step <= 4; step++)
        {
            (double managed, double torch) = (_trainer.Step(), TrainPeer());
            if (Math.Abs(managed - torch) > Tolerance * managed)
            {
                throw new InvalidOperationException(FormattableString.Invariant($"The loss of step {step} is {managed} here and {torch} by TorchSharp."));
            }
        }
    }

    /// <summary>A step here.</summary>
    public void Train() => _trainer.Step();

    /// <summary>A step by TorchSharp.</summary>
    /// <returns>The loss before it.</returns>
    public double TrainPeer() => _peer.Train(TokenWindows.Draw(Text, Training.Batch, Training.Length, Training.Seed, _peerSteps++));

    public void Dispose()
    {
        _trainer.Dispose();
        _peer.Dispose();
        _model.Dispose();
    }

    private static (string Name, SequenceSteps Steps) Of(string name, ManagedBackend backend, SequenceSettings settings)
    {
        SequenceSteps steps = new(backend, settings);
        long parameters = steps._model.Parameters.Sum(group => (long)group.ElementCount);
        return (FormattableString.Invariant($"training step of {name}, {parameters:N0} parameters, {Training.Batch} x {Training.Length}"), steps);
    }

    private static int[] SeededText(int count)
    {
        float[] normal = new float[count];
        SeededValues.Normal(1, normal);
        return Array.ConvertAll(normal, value => Math.Clamp((int)((value + 4) * 8), 0, 64));
    }
}
