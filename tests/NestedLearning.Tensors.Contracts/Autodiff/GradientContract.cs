namespace NestedLearning.Tensors.Contracts;

/// <summary>Every operation's gradient, and the gradient of that, against central differences in float64.</summary>
public abstract class GradientContract
{
    private const int Rounds = 6;
    private const int ProbesPerInput = 12;
    private const double Step = 1e-5;

    public static TheoryData<string> Operations => [.. GradientCase.All.Keys];

    /// <summary>The backend that the gradients are computed on.</summary>
    protected abstract ITensorBackend Backend { get; }

    /// <summary>The bytes of its tensors that have not been disposed.</summary>
    protected abstract long BytesInUse { get; }

    /// <summary>The accepted error of a gradient, relative to max(1, magnitude).</summary>
    protected virtual double Tolerance => 1e-4;

    /// <summary>The accepted error of a gradient of gradients.</summary>
    protected virtual double SecondTolerance => 1e-3;

    [ContractTheory]
    [MemberData(nameof(Operations))]
    public void Gradients_RandomShapes_MatchDifferences(string operation) => ForRandomInputs(operation, (check, inputs, reference, exact) =>
        AssertDifferences(check.Gradients(Backend, inputs), reference, exact, check.Value, Tolerance));

    [ContractTheory]
    [MemberData(nameof(Operations))]
    public void Gradients_OfGradients_MatchDifferences(string operation) => ForRandomInputs(operation, (check, inputs, reference, exact) =>
        AssertDifferences(check.SecondGradients(Backend, inputs), reference, exact, check.Slope, SecondTolerance));

    private void ForRandomInputs(string operation, Action<GradientCheck, Tensor[], Float64Backend, Tensor[]> assertion)
    {
        GradientCase sample = GradientCase.All[operation];
        for (int seed = 0; seed < Rounds; seed++)
        {
            var random = new Random(seed);
            var reference = new Float64Backend();
            long before = BytesInUse;
            Shape[] shapes = sample.Shapes(random);
            float[][] values = Array.ConvertAll(shapes, shape => Array.ConvertAll(
                new float[shape.ElementCount], _ => sample.Low + ((2 - sample.Low) * random.NextSingle())));
            Tensor[] inputs = [.. shapes.Zip(values, (shape, list) => Backend.Create(shape, list))];
            Tensor[] exact = [.. shapes.Zip(values, (shape, list) => reference.Create(shape, list))];
            assertion(new GradientCheck(sample.Function), inputs, reference, exact);
            Array.ForEach(inputs, input => input.Dispose());
            Assert.Equal(before, BytesInUse);
            Assert.Equal(exact.Length, reference.Alive);
        }
    }

    private static void AssertDifferences(
        double[][] gradients,
        Float64Backend backend,
        Tensor[] inputs,
        Func<ITensorBackend, Tensor[], double> function,
        double tolerance)
    {
        var random = new Random(1);
        for (int input = 0; input < inputs.Length; input++)
        {
            Assert.Equal(inputs[input].Shape.ElementCount, gradients[input].Length);
            for (int probe = 0; probe < Math.Min(ProbesPerInput, gradients[input].Length); probe++)
            {
                int element = random.Next(gradients[input].Length);
                double difference = (Moved(input, element, Step) - Moved(input, element, -Step)) / (2 * Step);
                double error = Math.Abs(difference - gradients[input][element]) / Math.Max(1, Math.Abs(difference));
                Assert.True(error < tolerance, $"input {input}, element {element}: {gradients[input][element]}, difference {difference}");
            }
        }

        double Moved(int input, int element, double step)
        {
            double[] values = [.. Float64Backend.Values(inputs[input])];
            values[element] += step;
            using Tensor moved = backend.Create(inputs[input].Shape, values);
            Tensor[] all = [.. inputs];
            all[input] = moved;
            return function(backend, all);
        }
    }
}
