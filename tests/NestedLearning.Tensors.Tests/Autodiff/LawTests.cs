using FsCheck;
using FsCheck.Fluent;
using NestedLearning.Tensors.Contracts;

namespace NestedLearning.Tensors.Tests.Autodiff;

/// <summary>What must hold of operations and gradients whatever the shapes.</summary>
public sealed class LawTests
{
    private static readonly Arbitrary<int> Seeds = Gen.Choose(0, int.MaxValue).ToArbitrary();

    [Fact]
    public void Operands_BroadcastBefore_GiveTheSameBits() => ForShapes((tape, x, y, shape) =>
        Same(x - y, x.Broadcast(shape) - y.Broadcast(shape)) && Same(x * y, y.Broadcast(shape) * x));

    [Fact]
    public void Gradients_OfWhatWasRepeated_AreSums() => ForShapes((tape, x, _, shape) =>
    {
        Variable gradient = tape.Gradients(x.Broadcast(shape).Sum(), [x])[0];
        double repeats = x.Shape.ElementCount == 0 ? 0 : (double)shape.ElementCount / x.Shape.ElementCount;
        return Same(gradient, tape.Fill(x.Shape, repeats));
    });

    [Fact]
    public void Gradients_OfASum_AreSumsOfGradients() => ForShapes((tape, x, y, shape) =>
    {
        Variable both = tape.Gradients((x * y).Sum() + x.Tanh().Sum(), [x])[0];
        Variable apart = tape.Gradients((x * y).Sum(), [x])[0] + tape.Gradients(x.Tanh().Sum(), [x])[0];
        return Close(both, apart);
    });

    [Fact]
    public void Gradients_AreLinearInTheSeed() => ForShapes((tape, x, y, shape) =>
    {
        Variable z = (x * y).Sigmoid();
        Variable first = tape.Own(tape.Backend.Normal(z.Shape, 1));
        Variable second = tape.Own(tape.Backend.Normal(z.Shape, 2));
        Variable together = tape.Gradients(z, [x], (first * 2) + second)[0];
        return Close(together, (tape.Gradients(z, [x], first)[0] * 2) + tape.Gradients(z, [x], second)[0]);
    });

    [Fact]
    public void Products_AreLinearInBothOperands() => Prop.ForAll(Seeds, seed =>
    {
        var random = new Random(seed);
        using var tape = new Tape(new ManagedBackend());
        (int m, int k, int n) = (RandomShapes.Size(random), RandomShapes.Size(random), RandomShapes.Size(random));
        Variable a = Random(tape, [m, k], 1);
        Variable b = Random(tape, [m, k], 2);
        Variable c = Random(tape, [k, n], 3);
        Variable sum = (a + b).MatrixMultiply(c * 2);
        return Close(sum, (a.MatrixMultiply(c) + b.MatrixMultiply(c)) * 2)
            && Close(sum.Permute(1, 0), c.MatrixMultiply((a + b) * 2, true, true));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Slices_Concatenated_AreTheWhole() => ForShapes((tape, x, _, _) =>
    {
        if (x.Shape.Rank == 0)
        {
            return true;
        }

        int axis = x.Shape.Rank - 1;
        int cut = x.Shape[axis] / 2;
        return Same(x, Variable.Concatenate(axis, x.Slice(axis, 0, cut), x.Slice(axis, cut, x.Shape[axis] - cut)));
    });

    [Fact]
    public void Softmax_Rows_SumToOneAndIgnoreAShift() => ForShapes((tape, x, _, _) =>
    {
        Variable rows = x.Reshape([1, x.Shape.ElementCount]);
        Variable softmax = rows.Softmax();
        return x.Shape.ElementCount == 0
            || (Close(softmax.Sum(), tape.Fill([], 1)) && Close(softmax, (rows + 3).Softmax()) && Close(softmax.Log(), rows.LogSoftmax()));
    });

    private static void ForShapes(Func<Tape, Variable, Variable, Shape, bool> law) => Prop.ForAll(Seeds, seed =>
    {
        var random = new Random(seed);
        using var tape = new Tape(new ManagedBackend());
        Shape wanted = RandomShapes.Of(random, random.Next(4));
        Variable x = Random(tape, RandomShapes.BroadcastingTo(random, wanted), 1);
        Variable y = Random(tape, RandomShapes.BroadcastingTo(random, wanted), 2);
        return law(tape, x, y, ShapeRules.Broadcast("law", x.Shape, y.Shape));
    }).QuickCheckThrowOnFailure();

    private static Variable Random(Tape tape, Shape shape, ulong seed) => tape.Parameter(tape.Backend.Normal(shape, seed));

    private static bool Same(Variable x, Variable y) => x.Shape.Equals(y.Shape) && x.ToArray().SequenceEqual(y.ToArray());

    private static bool Close(Variable x, Variable y) => x.Shape.Equals(y.Shape)
        && x.ToArray().Zip(y.ToArray()).All(pair => Math.Abs(pair.First - pair.Second) <= 1e-4 * Math.Max(1, Math.Abs(pair.First)));
}
