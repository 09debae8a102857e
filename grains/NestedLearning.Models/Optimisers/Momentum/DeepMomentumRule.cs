using System.Text;
using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>See <see cref="DeepMomentumSettings"/>.</summary>
internal sealed class DeepMomentumRule(ITensorBackend backend, Parameter parameter, DeepMomentumSettings settings)
    : UpdateRule(backend, parameter, ["memory-in", "memory-out"], Initial(backend, parameter, settings.Hidden))
{
    private const double SmallestSquare = 1e-30;

    private readonly Shape _rows = RowsOf(parameter.Shape);

    public override void Apply(Gradient gradient, in StepNumbers numbers)
    {
        if (Parameter.Shape.ElementCount == 0)
        {
            return;
        }

        using Tensor rows = Backend.Reshape(gradient.Value, _rows);
        using Tensor units = Backend.Normalize(Normalization.Unit, rows, SmallestSquare);
        Learn(units);
        using Tensor direction = Recall(rows, units);
        Move(numbers.Kept, direction, -numbers.LearningRate * numbers.GradientScale);
    }

    private static Shape RowsOf(Shape shape)
    {
        int columns = shape.Rank == 0 ? 1 : shape[^1];
        return [columns == 0 ? 0 : shape.ElementCount / columns, columns];
    }

    private static Tensor[] Initial(ITensorBackend backend, Parameter parameter, int hidden)
    {
        int columns = RowsOf(parameter.Shape)[1];
        ulong seed = FeatureHash.Finish(FeatureHash.Append(FeatureHash.Start, Encoding.UTF8.GetBytes(parameter.Name)));
        return [backend.Normal([columns, hidden], seed), backend.Fill([hidden, columns], 0)];
    }

    /// <summary>One step of the memory's own descent.</summary>
    private void Learn(Tensor units)
    {
        using var tape = new Tape(Backend);
        Variable[] memory = Array.ConvertAll(State, tape.Parameter);
        Variable keys = tape.Constant(units);
        Variable answers = Answer(memory, keys);
        Variable loss = settings.Objective == InnerObjective.Squared
            ? ((answers + keys) * (answers + keys)).Sum() / (2.0 * _rows[0])
            : (answers * keys).Sum() / _rows[0];
        Variable[] gradients = tape.Gradients(loss, memory);
        for (int i = 0; i < State.Length; i++)
        {
            Remember(i, settings.Retention, gradients[i].Value, -settings.InnerRate);
        }
    }

    /// <summary>What the memory says to each row, as long as the row: <c>‖u‖ m(û)</c>, of the parameter's shape.</summary>
    private Tensor Recall(Tensor rows, Tensor units)
    {
        using var tape = new Tape(Backend);
        Variable keys = tape.Constant(units);
        Variable lengths = (keys * tape.Constant(rows)).Sum([-1], keepAxes: true);
        return (Answer(Array.ConvertAll(State, tape.Constant), keys) * lengths).Reshape(Parameter.Shape).Keep();
    }

    private Variable Answer(Variable[] memory, Variable keys) =>
        keys.MatrixMultiply(memory[0]).Tanh().MatrixMultiply(memory[1]) / Math.Sqrt(settings.Hidden);
}
