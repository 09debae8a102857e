namespace NestedLearning.Tensors.Contracts;

/// <content>Updates, against their formulas in float64, and orthogonal matrices, against the singular values.</content>
public abstract partial class TensorBackendContract
{
    [ContractFact]
    public void Blend_RandomShapes_FollowsItsFormula()
    {
        for (int seed = 0; seed < Rounds; seed++)
        {
            var random = new Random(seed);
            Sample x = Sample.Of(random, RandomShapes.Of(random, random.Next(4)));
            Sample y = Sample.Of(random, x.Shape);
            (double keep, double scale) = (random.NextDouble(), random.NextDouble());
            long before = BytesInUse;
            using (Tensor addend = Backend.Create(y.Shape, y.Values))
            using (Tensor blended = Backend.Blend(Backend.Create(x.Shape, x.Values), keep, addend, scale))
            {
                AssertValues(x.Values.Zip(y.Values, (a, b) => (keep * a) + (scale * b)), blended);
            }

            Assert.Equal(before, BytesInUse);
        }
    }

    [ContractFact]
    public void Adam_RandomShapes_FollowsItsFormula()
    {
        for (int seed = 0; seed < Rounds; seed++)
        {
            var random = new Random(seed);
            Shape shape = seed == 0 ? [70_001] : RandomShapes.Of(random, random.Next(4));
            float[][] start = [Sample.Of(random, shape).Values, Sample.Of(random, shape).Values, Sample.Of(random, shape, 0).Values];
            float[] g = Sample.Of(random, shape).Values;
            AdamStep step = AdamStep.At(1 + random.Next(20), 0.01, 0.9, 0.99, 1e-6) with { Kept = 0.98, GradientScale = 0.5 };
            long before = BytesInUse;
            using Tensor gradient = Backend.Create(shape, g);
            AdamState state = Backend.Adam(
                step, new AdamState(Backend.Create(shape, start[0]), Backend.Create(shape, start[1]), Backend.Create(shape, start[2])), gradient);
            double[] m = [.. start[1].Zip(g, (old, value) => (0.9 * old) + (0.1 * 0.5 * value))];
            double[] v = [.. start[2].Zip(g, (old, value) => (0.99 * old) + (0.01 * 0.25 * value * value))];
            AssertValues(m, state.First);
            AssertValues(v, state.Second);
            AssertValues(
                m.Zip(v, (first, second) => step.Rate * first / (Math.Sqrt(second * step.SecondScale) + 1e-6)).Zip(start[0], (move, p) => (0.98 * p) - move),
                state.Parameters);
            Array.ForEach([state.Parameters, state.First, state.Second, gradient], tensor => tensor.Dispose());
            Assert.Equal(before, BytesInUse);
        }
    }

    [ContractFact]
    public void Update_OfSharedMemory_LeavesTheOthersTheirValues()
    {
        Tensor x = Backend.Fill([3], 1);
        using Tensor kept = Backend.Reshape(x, [3, 1]);
        using Tensor y = Backend.Fill([3], 2);
        using Tensor blended = Backend.Blend(x, 1, y, 1);
        AssertValues([3, 3, 3], blended);
        AssertValues([1, 1, 1], kept);
    }

    [ContractFact]
    public void Update_OfOtherShapes_IsRefusedAndTakesNothingOver()
    {
        using Tensor x = Backend.Fill([3], 1);
        using Tensor y = Backend.Fill([1, 3], 2);
        Assert.Throws<ShapeException>(() => Backend.Blend(x, 1, y, 1));
        Assert.Throws<ShapeException>(() => Backend.Adam(AdamStep.At(1, 0.1, 0, 0, 1), new AdamState(x, y, x), x));
        AssertValues([1, 1, 1], x);
    }

    [ContractFact]
    public void SumOfSquares_RandomShapes_IsTheirSum()
    {
        for (int seed = 0; seed < Rounds; seed++)
        {
            var random = new Random(seed);
            Sample x = Sample.Of(random, seed == 0 ? [100_003] : RandomShapes.Of(random, random.Next(4)));
            using Tensor tensor = Backend.Create(x.Shape, x.Values);
            double expected = x.Values.Sum(value => (double)value * value);
            Assert.Equal(expected, Backend.SumOfSquares(tensor), Math.Max(1, expected) * Math.Max(2e-6, LeastTolerance));
        }
    }

    [ContractTheory]
    [InlineData(0, 3)]
    [InlineData(1, 1)]
    [InlineData(1, 9)]
    [InlineData(7, 7)]
    [InlineData(33, 17)]
    [InlineData(24, 65)]
    public void Orthogonalize_AnyShape_BringsSingularValuesNearOne(int rows, int columns)
    {
        Sample x = Sample.Of(new Random(rows), [rows, columns], -1e-3f, 1e-3f);
        using Tensor tensor = Backend.Create(x.Shape, x.Values);
        using Tensor near = NewtonSchulz.Orthogonalize(Backend, tensor);
        Assert.All(JacobiSvd.Of(Values(near), rows, columns).Values, value => Assert.InRange(value, 0.87, 1.13));

        using Tensor far = NewtonSchulz.Orthogonalize(Backend, tensor, steps: 12);
        double[] nearest = JacobiSvd.Of(Array.ConvertAll(x.Values, value => (double)value), rows, columns).Map(_ => 1);
        Assert.All(nearest.Zip(Values(far)), pair => Assert.Equal(pair.First, pair.Second, 2e-4));
    }

    [ContractFact]
    public void Orthogonalize_OfZero_IsZero()
    {
        using Tensor zero = Backend.Fill([2, 3, 4], 0);
        using Tensor result = NewtonSchulz.Orthogonalize(Backend, zero);
        AssertValues(new double[24], result);
    }

    private double[] Values(Tensor x)
    {
        float[] values = new float[x.Shape.ElementCount];
        Backend.Read(x, values);
        return Array.ConvertAll(values, value => (double)value);
    }

    private void AssertValues(IEnumerable<double> expected, Tensor actual)
    {
        double[] list = [.. expected];
        double[] values = Values(actual);
        Assert.Equal(list.Length, values.Length);
        for (int i = 0; i < list.Length; i++)
        {
            double error = Math.Abs(values[i] - list[i]) / Math.Max(1, Math.Abs(list[i]));
            Assert.True(error <= Math.Max(2e-6, LeastTolerance), $"{actual}, element {i}: expected {list[i]}, actual {values[i]}");
        }
    }
}
