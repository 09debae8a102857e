namespace NestedLearning.Tensors.Tests.Managed;

/// <summary>What gradient checks do not see of fused gradients: rows of many lengths, and what is refused.</summary>
public sealed class FusedGradientsTests
{
    private readonly ManagedBackend _backend = new(threads: 2);

    public static TheoryData<string, int> Rows
    {
        get
        {
            var rows = new TheoryData<string, int>();
            foreach (string name in Functions.Keys)
            {
                rows.Add(name, 1);
                rows.Add(name, 7);
                rows.Add(name, 16);
                rows.Add(name, 100);
            }

            return rows;
        }
    }

    private static Dictionary<string, Func<Variable, Variable>> Functions { get; } = new()
    {
        ["Tanh"] = x => x.Tanh(),
        ["Sigmoid"] = x => x.Sigmoid(),
        ["Relu"] = x => x.Relu(),
        ["Softmax"] = x => x.Softmax(),
        ["Layer"] = x => x.LayerNormalize(1e-3),
        ["RootMeanSquare"] = x => x.RootMeanSquareNormalize(1e-3),
        ["Unit"] = x => x.UnitNormalize(1e-3),
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void Gradients_FusedAndComposed_AreTheSame(string function, int columns)
    {
        using Tensor values = _backend.Normal([900, columns], 1);
        using Tensor arriving = _backend.Normal([900, columns], 2);
        using var tape = new Tape(_backend);
        Variable x = tape.Parameter(values);
        Variable y = Functions[function](x);
        float[] fused = tape.Gradients(y, [x], tape.Constant(arriving))[0].ToArray();
        float[] composed = tape.Gradients(y, [x], tape.Constant(arriving), createGraph: true)[0].ToArray();
        Assert.All(composed.Zip(fused), pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, 2e-5 * Math.Max(1, Math.Abs(pair.First))));
    }

    [Fact]
    public void ApplyGradient_OfAnotherFunction_IsRefused()
    {
        using Tensor y = _backend.Fill([2], 1);
        Assert.Throws<ArgumentOutOfRangeException>(() => _backend.ApplyGradient(UnaryOperation.Exp, y, y));
    }

    [Fact]
    public void Gradients_OfAnotherShape_AreRefused()
    {
        using Tensor y = _backend.Fill([2], 1);
        using Tensor gradient = _backend.Fill([1], 1);
        Assert.Throws<ShapeException>(() => _backend.ApplyGradient(UnaryOperation.Tanh, y, gradient));
        Assert.Throws<ShapeException>(() => _backend.SoftmaxGradient(y, gradient));
        Assert.Throws<ShapeException>(() => _backend.NormalizeGradient(Normalization.Unit, y, y, 1e-5, gradient));
        Assert.Throws<ShapeException>(() => _backend.NormalizeGradient(Normalization.Unit, gradient, y, 1e-5, y));
    }
}
