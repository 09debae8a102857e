namespace NestedLearning.Tensors.Contracts;

/// <content>Functions of elements.</content>
public abstract partial class TensorBackendContract
{
    public static TheoryData<UnaryOperation> UnaryOperations => [.. Enum.GetValues<UnaryOperation>()];

    public static TheoryData<BinaryOperation> BinaryOperations => [.. Enum.GetValues<BinaryOperation>()];

    [ContractTheory]
    [MemberData(nameof(UnaryOperations))]
    public void Apply_UnaryOfRandomShapes_MatchesFloat64(UnaryOperation operation)
    {
        bool positive = operation is UnaryOperation.Log or UnaryOperation.SquareRoot;
        for (int seed = 0; seed < Rounds; seed++)
        {
            var random = new Random(seed);
            Sample x = Sample.Of(random, RandomShapes.Of(random, random.Next(4)), positive ? 1e-3f : -6, 6);
            AssertSame((backend, inputs) => backend.Apply(operation, inputs[0]), 2e-6, x);
        }
    }

    [ContractTheory]
    [InlineData(UnaryOperation.Tanh)]
    [InlineData(UnaryOperation.Sigmoid)]
    [InlineData(UnaryOperation.Softplus)]
    [InlineData(UnaryOperation.Relu)]
    [InlineData(UnaryOperation.Silu)]
    [InlineData(UnaryOperation.SiluSlope)]
    [InlineData(UnaryOperation.Gelu)]
    [InlineData(UnaryOperation.GeluSlope)]
    public void Apply_HugeArguments_StaysFinite(UnaryOperation operation) => AssertSame(
        (backend, inputs) => backend.Apply(operation, inputs[0]), 2e-6, new Sample([10], [1e4f, -1e4f, 100, -100, 30, -30, 1e-30f, -1e-30f, 0, 1]));

    [ContractTheory]
    [InlineData(UnaryOperation.Tanh)]
    [InlineData(UnaryOperation.Softplus)]
    public void Apply_SmallResults_KeepTheirDigits(UnaryOperation operation)
    {
        // Multiplied up, so that the tolerance is relative to the small result.
        float[] values = operation == UnaryOperation.Tanh ? [1e-6f, -3e-5f, 2e-4f] : [-15, -18, -20];
        AssertSame(
            (backend, inputs) =>
            {
                using Tensor result = backend.Apply(operation, inputs[0]);
                return backend.Affine(result, 1e8, 0);
            },
            1e-5,
            new Sample([3], values));
    }

    [ContractTheory]
    [MemberData(nameof(BinaryOperations))]
    public void Apply_BinaryOfShapesThatBroadcast_MatchesFloat64(BinaryOperation operation)
    {
        for (int seed = 0; seed < 3 * Rounds; seed++)
        {
            var random = new Random(seed);
            Shape shape = RandomShapes.Of(random, random.Next(5));
            float low = operation is BinaryOperation.Power or BinaryOperation.Divide ? 0.1f : -2;
            Sample x = Sample.Of(random, RandomShapes.BroadcastingTo(random, shape), low);
            Sample y = Sample.Of(random, RandomShapes.BroadcastingTo(random, shape), low);
            y.Values.AsSpan(0, Math.Min(x.Values.Length, y.Values.Length) / 2).Fill(0.5f);
            x.Values.AsSpan(0, Math.Min(x.Values.Length, y.Values.Length) / 2).Fill(0.5f);
            AssertSame((backend, inputs) => backend.Apply(operation, inputs[0], inputs[1]), 2e-6, x, y);
        }
    }

    [ContractFact]
    public void Affine_RandomShapes_MatchesFloat64()
    {
        for (int seed = 0; seed < Rounds; seed++)
        {
            var random = new Random(seed);
            Sample x = Sample.Of(random, RandomShapes.Of(random, random.Next(4)));
            (double scale, double offset) = (random.NextDouble(), random.NextDouble());
            AssertSame((backend, inputs) => backend.Affine(inputs[0], scale, offset), 1e-6, x);
        }
    }

    [ContractFact]
    public void Where_ShapesThatBroadcast_MatchesFloat64()
    {
        for (int seed = 0; seed < Rounds; seed++)
        {
            var random = new Random(seed);
            Shape shape = RandomShapes.Of(random, random.Next(4));
            Sample condition = Sample.Of(random, RandomShapes.BroadcastingTo(random, shape));
            condition = condition with { Values = Array.ConvertAll(condition.Values, value => value > 0 ? value : 0) };
            Sample x = Sample.Of(random, RandomShapes.BroadcastingTo(random, shape));
            Sample y = Sample.Of(random, RandomShapes.BroadcastingTo(random, shape));
            AssertSame((backend, inputs) => backend.Where(inputs[0], inputs[1], inputs[2]), 0, condition, x, y);
        }
    }
}
