using NestedLearning.Models;

namespace NestedLearning.Tensors.Contracts;

/// <summary>What optimisers do on every backend: as the published rules in float64, for any shape, with memory that does not grow.</summary>
public abstract partial class OptimiserContract
{
    private const double LearningRate = 0.05;

    private static readonly Dictionary<string, RuleSettings> Rules = new()
    {
        ["sgd"] = new SgdSettings(),
        ["dgd"] = new DgdSettings(),
        ["momentum"] = new MomentumSettings(),
        ["nesterov"] = new MomentumSettings(0.8, IsNesterov: true),
        ["adamw"] = new AdamWSettings(0.9, 0.99),
        ["delta"] = new DeltaMomentumSettings(0.9, 0.05),
        ["deep"] = new DeepMomentumSettings(Hidden: 6),
        ["deep-dot"] = new DeepMomentumSettings(InnerObjective.DotProduct, InnerRate: 0.1, Retention: 0.97),
        ["muon"] = new MuonSettings(),
        ["muon-plain"] = new MuonSettings(0.5, IsNesterov: false),
        ["m3"] = new M3Settings(ChunkSteps: 3) { Epsilon = 0.1 },
        ["m3-sums"] = new M3Settings(M3Averages.Sums, Beta2: 0.5, ChunkSteps: 2) { Epsilon = 0.1 },
    };

    public static TheoryData<string> RuleNames => [.. Rules.Keys];

    /// <summary>The backend under test.</summary>
    protected abstract ITensorBackend Backend { get; }

    /// <summary>The bytes of its tensors that have not been disposed.</summary>
    protected abstract long BytesInUse { get; }

    /// <summary>The accepted error of a parameter after some steps, relative to max(1, magnitude).</summary>
    protected virtual double Tolerance => 1e-3;

    [ContractTheory]
    [MemberData(nameof(RuleNames))]
    public void Step_AnyShape_FollowsThePublishedRule(string rule)
    {
        Shape[] shapes = [[], [1], [7], [130], [0], [1, 1], [1, 9], [9, 1], [5, 3], [4, 11], [0, 3], [3, 0], [2, 3, 5]];
        for (int seed = 0; seed < shapes.Length; seed++)
        {
            long before = BytesInUse;
            AssertFollows(Rules[rule], shapes[seed], new Random(seed), withInputs: false);
            Assert.Equal(before, BytesInUse);
        }
    }

    [ContractTheory]
    [InlineData(1, 1, 1)]
    [InlineData(1, 5, 3)]
    [InlineData(8, 3, 7)]
    [InlineData(3, 17, 1)]
    public void Step_DeltaDescentWithInputs_FollowsThePublishedRule(int inputs, int rows, int columns) =>
        AssertFollows(new DgdSettings(), [rows, columns], new Random(inputs), withInputs: true, inputs);

    private static double[] Sample(Random random, int count) =>
        Array.ConvertAll(new double[count], _ => (double)(float)((random.NextDouble() * 2) - 1));

    private static float[] Single(double[] values) => Array.ConvertAll(values, value => (float)value);

    private Tensor Create(Shape shape, double[] values) => Backend.Create(shape, Single(values));

    private float[] Read(Tensor x)
    {
        float[] values = new float[x.Shape.ElementCount];
        Backend.Read(x, values);
        return values;
    }

    private void AssertFollows(RuleSettings rule, Shape shape, Random random, bool withInputs, int inputCount = 0)
    {
        double[] expected = Sample(random, shape.ElementCount);
        using var parameter = new Parameter("weights", Create(shape, expected));
        OptimiserSettings settings = new(rule, new LearningRateSchedule(LearningRate), WeightDecay: 0.1);
        using var optimiser = new Optimiser(Backend, new ParameterGroup("group", 0, parameter), settings);
        var reference = new ReferenceRule(rule, shape) { Memory = MemoryOf(rule, optimiser) };
        for (int step = 0; step < 8; step++)
        {
            double[] g = Sample(random, shape.ElementCount);
            double[]? x = withInputs ? Sample(random, inputCount * shape[0]) : null;
            using Tensor gradient = Create(shape, g);
            using Tensor? inputs = x is null ? null : Create([inputCount, shape[0]], x);
            optimiser.Step([new Gradient(gradient, inputs)], scale: 0.5);
            expected = reference.Step(
                expected, [.. g.Select(value => value / 2)], x, LearningRate, shape.Rank < 2 ? 1 : 1 - (LearningRate * 0.1));
        }

        float[] actual = Read(parameter.Value);
        for (int i = 0; i < actual.Length; i++)
        {
            double error = Math.Abs(actual[i] - expected[i]) / Math.Max(1, Math.Abs(expected[i]));
            Assert.True(error <= Tolerance, $"{rule} {shape}, element {i}: expected {expected[i]}, actual {actual[i]}");
        }
    }

    private static ReferenceMemory? MemoryOf(RuleSettings rule, Optimiser optimiser)
    {
        if (rule is not DeepMomentumSettings deep)
        {
            return null;
        }

        DenseTensor input = optimiser.Save().Get<DenseTensor>("memory-in/weights");
        return new ReferenceMemory([.. input.Values.ToArray().Select(value => (double)value)], Math.Max(1, input.Shape[0]), deep.Hidden);
    }
}
