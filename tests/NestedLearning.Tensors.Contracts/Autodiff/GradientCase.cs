namespace NestedLearning.Tensors.Contracts;

/// <summary>A differentiable operation with the inputs it is checked on.</summary>
/// <param name="Shapes">Random shapes of the inputs.</param>
/// <param name="Function">The operation; any choice it makes comes from the shapes.</param>
/// <param name="Low">The least value of an input.</param>
public sealed record GradientCase(Func<Random, Shape[]> Shapes, Func<Variable[], Variable> Function, float Low = -2)
{
    private static readonly int[] Taken = [3, 0, 2, 0];

    /// <summary>All operations by name.</summary>
    public static IReadOnlyDictionary<string, GradientCase> All { get; } = new Dictionary<string, GradientCase>
    {
        ["Exp"] = One(x => x.Exp()),
        ["Log"] = One(x => x.Log(), 0.3f),
        ["SquareRoot"] = One(x => x.SquareRoot(), 0.3f),
        ["Tanh"] = One(x => x.Tanh()),
        ["Abs"] = One(x => x.Abs()),
        ["Sigmoid"] = One(x => x.Sigmoid()),
        ["Softplus"] = One(x => x.Softplus()),
        ["Relu"] = One(x => x.Relu()),
        ["Silu"] = One(x => x.Silu()),
        ["Gelu"] = One(x => x.Gelu()),
        ["Numbers"] = One(x => (2 - (3 * x)) / 4 - (1 + ((x + 1) * (-x - 2) * 0.5))),
        ["Quotient of a number"] = One(x => 2 / x, 0.3f),
        ["Power of a number"] = One(x => x.Power(2.5), 0.3f),
        ["Add"] = Two((x, y) => x + y),
        ["Subtract"] = Two((x, y) => x - y),
        ["Multiply"] = Two((x, y) => x * y),
        ["Divide"] = Two((x, y) => x / y, 0.3f),
        ["Power"] = Two((x, y) => x.Power(y), 0.3f),
        ["Minimum"] = Two((x, y) => x.Minimum(y)),
        ["Maximum"] = Two((x, y) => x.Maximum(y)),
        ["Where"] = Two((x, y) => x.Greater(y * 0.5).Where(x * x, y * x)),
        ["The same twice"] = One(x => (x * x) + (x * x.Exp())),
        ["Sum"] = One(x => x.Sum()),
        ["Sum of axes"] = Ranked(3, x => x.Sum([0, -1])),
        ["Sum that keeps axes"] = Ranked(3, x => x.Sum([1], keepAxes: true)),
        ["Mean"] = Full(3, x => x.Mean([1, 2])),
        ["Max"] = Full(3, x => x.Max([0, 2], keepAxes: true)),
        ["MatrixMultiply"] = Product(false, false),
        ["MatrixMultiply, left transposed"] = Product(true, false),
        ["MatrixMultiply, right transposed"] = Product(false, true),
        ["MatrixMultiply, both transposed"] = Product(true, true),
        ["MatrixMultiply by one matrix"] = new(
            random => [[2, 3, 4], [4, random.Next(4)]], inputs => inputs[0].MatrixMultiply(inputs[1])),
        ["GatherRows"] = new(random => [[4, random.Next(4)]], inputs => inputs[0].GatherRows(Taken)),
        ["ScatterAddRows"] = new(random => [[4, random.Next(4)]], inputs => inputs[0].ScatterAddRows(Taken, 5)),
        ["CausalConvolution"] = new(
            random => Sequence(random.Next(1, 5), random.Next(4), random.Next(1, 4)), inputs => inputs[0].CausalConvolution(inputs[1])),
        ["Reshape"] = Ranked(3, x => (x * x).Reshape([x.Shape.ElementCount])),
        ["Permute"] = Ranked(3, x => x.Permute(2, 0, 1)),
        ["Slice"] = Ranked(2, x => x.Slice(1, x.Shape[1] / 2, x.Shape[1] - (x.Shape[1] / 2))),
        ["Concatenate"] = Ranked(2, x => Variable.Concatenate(1, x, x * x, x.Slice(1, 0, 0))),
        ["Broadcast"] = new(random => [[random.Next(4), 1]], inputs => inputs[0].Broadcast([2, inputs[0].Shape[0], 3])),
        ["Softmax"] = Ranked(2, x => x.Softmax()),
        ["LogSoftmax"] = Ranked(2, x => x.LogSoftmax()),
        ["LayerNormalize"] = Ranked(2, x => x.LayerNormalize(0.1)),
        ["RootMeanSquareNormalize"] = Ranked(2, x => x.RootMeanSquareNormalize(0.1)),
        ["UnitNormalize"] = Ranked(2, x => x.UnitNormalize(0.1)),
        ["Split"] = Ranked(2, x => x.Split(1, 2).Skip(1).Aggregate(x.Sum(), (sum, part) => sum + (part * part).Sum())),
        ["DeltaScan"] = Scan(2, DeltaResults),
        ["DeltaScan, chunks of 1"] = Scan(1, DeltaResults),
        ["DeltaScan, one chunk"] = Scan(16, DeltaResults),
        ["DeltaScan, reads only"] = Scan(2, (reads, _) => reads),
        ["DeltaScan, memories only"] = Scan(2, (_, state) => state),
        ["DeltaScan in parts"] = new(
            _ => [[5, 2], [5, 2], [5, 3], [5], [5], [2, 3]],
            inputs => ScanInParts(new(inputs[0], inputs[1] * 0.4, inputs[2], inputs[3].Sigmoid(), -inputs[4].Softplus(), inputs[5]))),
        ["Checkpoint"] = Two((x, y) => x.Tape.Checkpoint(inputs => (inputs[0] * inputs[1].Tanh()).Exp() * inputs[1], x * y, y)),
    };

    private static GradientCase One(Func<Variable, Variable> function, float low = -2) =>
        new(random => [Small(random, random.Next(3))], inputs => function(inputs[0]), low);

    private static GradientCase Ranked(int rank, Func<Variable, Variable> function) =>
        new(random => [Small(random, rank)], inputs => function(inputs[0]));

    private static GradientCase Full(int rank, Func<Variable, Variable> function) => new(
        random => [Shape.Create([.. Small(random, rank).Select(size => Math.Max(1, size))])], inputs => function(inputs[0]));

    private static GradientCase Two(Func<Variable, Variable, Variable> function, float low = -2) => new(
        random =>
        {
            Shape shape = Small(random, random.Next(4));
            return [RandomShapes.BroadcastingTo(random, shape), RandomShapes.BroadcastingTo(random, shape)];
        },
        inputs => function(inputs[0], inputs[1]),
        low);

    private static GradientCase Product(bool transpose, bool transposeOther) => new(
        random =>
        {
            Shape outer = Small(random, random.Next(2));
            Shape x = Small(random, 2);
            int n = random.Next(4);
            int k = transpose ? x[0] : x[1];
            return
            [
                [.. RandomShapes.BroadcastingTo(random, outer), .. x],
                [.. RandomShapes.BroadcastingTo(random, outer), transposeOther ? n : k, transposeOther ? k : n],
            ];
        },
        inputs => inputs[0].MatrixMultiply(inputs[1], transpose, transposeOther));

    /// <summary>A scan of short keys, with rates in (0, 1) and log retentions below 0.</summary>
    private static GradientCase Scan(int chunkLength, Func<Variable, Variable, Variable> results) => new(
        random =>
        {
            int[] outer = random.Next(3) switch { 0 => [], 1 => [2], _ => [2, 1] };
            (int time, int keys, int values) = (random.Next(6), random.Next(1, 4), random.Next(1, 4));
            return
            [
                [.. outer, time, keys], [.. outer, time, keys], [.. outer, time, values],
                [.. outer, time], [.. outer, time], [.. outer, keys, values],
            ];
        },
        inputs =>
        {
            (Variable reads, Variable state) = Variable.DeltaScan(
                new(inputs[0], inputs[1] * 0.4, inputs[2], inputs[3].Sigmoid(), -inputs[4].Softplus(), inputs[5]), chunkLength);
            return results(reads, state);
        });

    /// <summary>Two parts, the later from the memory that the earlier has left.</summary>
    private static Variable ScanInParts(DeltaOperands<Variable> operands)
    {
        (Variable earlier, Variable state) = Variable.DeltaScan(Part(operands.State, 0, 3), chunkLength: 2);
        (Variable later, state) = Variable.DeltaScan(Part(state, 3, 2), chunkLength: 2);
        return Variable.Concatenate(-2, earlier, later, state);

        DeltaOperands<Variable> Part(Variable from, int start, int length) => operands.Map(
            operand => operand == operands.State ? from : operand.Slice(0, start, length));
    }

    private static Variable DeltaResults(Variable reads, Variable state) => Variable.Concatenate(-2, reads, state);

    private static Shape[] Sequence(int moments, int taps, int channels) => [[2, moments, channels], [taps, channels]];

    private static Shape Small(Random random, int rank)
    {
        int least = random.Next(5) == 0 ? 0 : 1;
        return Shape.Create(Array.ConvertAll(new int[rank], _ => random.Next(least, 4)));
    }
}
