using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>See <see cref="M3Settings"/>.</summary>
internal sealed class M3Rule(ITensorBackend backend, Parameter parameter, M3Settings settings)
    : UpdateRule(backend, parameter, "fast", "slow", "chunk", "second")
{
    private const int Fast = 0;
    private const int Slow = 1;
    private const int Chunk = 2;
    private const int Second = 3;

    private readonly bool _forgets = settings.Averages == M3Averages.Exponential;
    private Tensor? _slowDirection;

    public override void Apply(Gradient gradient, in StepNumbers numbers)
    {
        double scale = numbers.GradientScale;
        Average(Fast, settings.Beta1, gradient.Value, scale);
        using (Tensor squares = Backend.Apply(BinaryOperation.Multiply, gradient.Value, gradient.Value))
        {
            Average(Second, settings.Beta2, squares, scale * scale);
        }

        using (Tensor direction = Direction(numbers.Count))
        {
            Move(numbers.Kept, direction, numbers.LearningRate);
        }

        Remember(Chunk, 1, gradient.Value, scale);
        if (numbers.Count % settings.ChunkSteps == 0)
        {
            EndChunk();
        }
    }

    public override void Load(DenseTensor[] state)
    {
        base.Load(state);
        ForgetSlowDirection();
    }

    public override void Dispose()
    {
        base.Dispose();
        ForgetSlowDirection();
    }

    private void Average(int index, double beta, Tensor x, double scale) =>
        Remember(index, _forgets ? beta : 1, x, (_forgets ? 1 - beta : beta) * scale);

    /// <summary><c>(O1 + a O2) / (√V + ε)</c>.</summary>
    private Tensor Direction(long count)
    {
        // It follows from the slow momentum, so it is made again after a state was loaded instead of being part of it.
        _slowDirection ??= NewtonSchulz.Orthogonalize(Backend, State[Slow], settings.Steps);
        Tensor fast = NewtonSchulz.Orthogonalize(Backend, State[Fast], settings.Steps);
        using Tensor both = Backend.Blend(fast, 1, _slowDirection, settings.SlowWeight);
        using Tensor corrected = Backend.Affine(State[Second], _forgets ? 1 / (1 - Math.Pow(settings.Beta2, count)) : 1, 0);
        using Tensor root = Backend.Apply(UnaryOperation.SquareRoot, corrected);
        using Tensor divisor = Backend.Affine(root, 1, settings.Epsilon);
        return Backend.Apply(BinaryOperation.Divide, both, divisor);
    }

    private void EndChunk()
    {
        Average(Slow, settings.Beta3, State[Chunk], _forgets ? 1.0 / settings.ChunkSteps : 1);
        State[Chunk].Dispose();
        State[Chunk] = Backend.Fill(Parameter.Shape, 0);
        ForgetSlowDirection();
    }

    private void ForgetSlowDirection()
    {
        _slowDirection?.Dispose();
        _slowDirection = null;
    }
}
