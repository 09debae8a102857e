using NestedLearning.Tensors.Tests.Backends;

namespace NestedLearning.Tensors.Tests.Autodiff;

/// <summary>Every operation's gradient, and the gradient of that, against central differences in float64.</summary>
public sealed class GradientTests
{
    private const int Rounds = 6;
    private const int ProbesPerInput = 6;
    private const double Step = 1e-5;

    public static TheoryData<string> Operations => [.. GradientCase.All.Keys];

    [Theory]
    [MemberData(nameof(Operations))]
    public void Gradients_RandomShapes_MatchDifferences(string operation) => ForRandomInputs(operation, (check, backend, inputs) =>
    {
        double[][] gradients = check.Gradients(backend, inputs);
        AssertDifferences(backend, inputs, gradients, moved => check.Value(backend, moved), 1e-7);
    });

    [Theory]
    [MemberData(nameof(Operations))]
    public void Gradients_OfGradients_MatchDifferences(string operation) => ForRandomInputs(operation, (check, backend, inputs) =>
    {
        double[][] gradients = check.SecondGradients(backend, inputs);
        AssertDifferences(backend, inputs, gradients, moved => check.Slope(backend, moved), 1e-6);
    });

    [Theory]
    [MemberData(nameof(Operations))]
    public void Gradients_OnTheManagedBackend_MatchFloat64(string operation) => ForRandomInputs(operation, (check, reference, inputs) =>
    {
        var backend = new ManagedBackend();
        Tensor[] copies = Array.ConvertAll(inputs, input => backend.Create(
            input.Shape, [.. Float64Backend.Values(input).Select(value => (float)value)]));
        AssertClose(check.Gradients(reference, inputs), check.Gradients(backend, copies), 1e-4);
        AssertClose(check.SecondGradients(reference, inputs), check.SecondGradients(backend, copies), 1e-3);
        Array.ForEach(copies, copy => copy.Dispose());
        Assert.Equal(0, backend.Usage.BytesInUse);
    });

    private static void ForRandomInputs(string operation, Action<GradientCheck, Float64Backend, Tensor[]> assertion)
    {
        GradientCase sample = GradientCase.All[operation];
        for (int seed = 0; seed < Rounds; seed++)
        {
            var random = new Random(seed);
            var backend = new Float64Backend();
            Tensor[] inputs = Array.ConvertAll(sample.Shapes(random), shape => backend.Create(
                shape, Array.ConvertAll(new double[shape.ElementCount], _ => (double)(sample.Low + ((2 - sample.Low) * random.NextSingle())))));
            assertion(new GradientCheck(sample.Function), backend, inputs);
            Assert.Equal(inputs.Length, backend.Alive);
        }
    }

    private static void AssertDifferences(
        Float64Backend backend, Tensor[] inputs, double[][] gradients, Func<Tensor[], double> function, double tolerance)
    {
        var random = new Random(1);
        for (int input = 0; input < inputs.Length; input++)
        {
            Assert.Equal(inputs[input].Shape.ElementCount, gradients[input].Length);
            for (int probe = 0; probe < Math.Min(ProbesPerInput, gradients[input].Length); probe++)
            {
                int element = random.Next(gradients[input].Length);
                double difference = (Moved(element, Step) - Moved(element, -Step)) / (2 * Step);
                double error = Math.Abs(difference - gradients[input][element]) / Math.Max(1, Math.Abs(difference));
                Assert.True(error < tolerance, $"input {input}, element {element}: {gradients[input][element]}, difference {difference}");
            }

            double Moved(int element, double step)
            {
                double[] values = [.. Float64Backend.Values(inputs[input])];
                values[element] += step;
                using Tensor moved = backend.Create(inputs[input].Shape, values);
                Tensor[] all = [.. inputs];
                all[input] = moved;
                return function(all);
            }
        }
    }

    private static void AssertClose(double[][] expected, double[][] actual, double tolerance)
    {
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.All(expected[i].Zip(actual[i]), pair => Assert.Equal(
                0, (pair.First - pair.Second) / Math.Max(1, Math.Abs(pair.First)), tolerance));
        }
    }
}
