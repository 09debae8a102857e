using NestedLearning.Tensors;
using NestedLearning.Tensors.Contracts;

namespace NestedLearning.Models.Tests.Sequences;

/// <summary>Gradients of whole models beside differences, in float64, of a slope in a random direction for each parameter.</summary>
internal static class ModelGradients
{
    public static void AssertAreDifferences(SequenceSettings settings)
    {
        Float64Backend backend = new();
        using SequenceModel model = SmallModels.Create(backend, settings);
        int[] tokens = SmallModels.Tokens(16);
        int[] targets = SmallModels.Tokens(16, seed: 2);
        Dictionary<string, double> slopes = [];
        using (Tape tape = new(backend))
        {
            BoundParameters bound = new(tape, model.Parameters);
            Variable[] all = [.. bound.Groups.SelectMany(group => group)];
            Variable[] gradients = tape.Gradients(CrossEntropy.Mean(model.Read(bound, tokens, 2, null).Logits, targets), all);
            foreach ((Parameter parameter, Variable gradient) in model.Parameters.Parameters.Zip(gradients))
            {
                slopes[parameter.Name] = Exact(gradient * tape.Own(Direction(backend, parameter))).Sum();
            }
        }

        const double step = 1e-5;
        foreach (Parameter parameter in model.Parameters.Parameters)
        {
            double near = LossAt(parameter, step) - LossAt(parameter, -step);
            double far = LossAt(parameter, 2 * step) - LossAt(parameter, -2 * step);
            double difference = ((8 * near) - far) / (12 * step);
            Assert.True(Math.Abs(difference - slopes[parameter.Name]) <= 1e-6 * Math.Max(1, Math.Abs(difference)), $"{parameter}: {difference} by differences, {slopes[parameter.Name]}");
        }

        double LossAt(Parameter parameter, double along)
        {
            using Tape tape = new(backend);
            Tensor original = parameter.Value;
            using Tensor direction = Direction(backend, parameter);
            using Tensor scaled = backend.Affine(direction, along, 0);
            parameter.Value = backend.Apply(BinaryOperation.Add, original, scaled);
            double loss = Exact(CrossEntropy.Mean(model.Read(tape, tokens, 2).Logits, targets))[0];
            parameter.Value.Dispose();
            parameter.Value = original;
            return loss;
        }
    }

    private static Tensor Direction(ITensorBackend backend, Parameter parameter) => backend.Normal(parameter.Shape, (ulong)parameter.Name.Length);

    private static double[] Exact(Variable variable) => Float64Backend.Values(variable.Value);
}
