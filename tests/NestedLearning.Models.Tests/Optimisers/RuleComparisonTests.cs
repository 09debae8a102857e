using NestedLearning.Tensors;
using Xunit.Abstractions;

namespace NestedLearning.Models.Tests.Optimisers;

/// <summary>
/// Every rule at the best of its learning rates on one task: a network [16, 32, 4] imitates another one by 300 batches of 32; the table of
/// docs/results.md where NL_TABLES is set.
/// </summary>
public sealed class RuleComparisonTests(ITestOutputHelper output)
{
    private const int Steps = 300;
    private const int Batch = 32;
    private static readonly bool IsWholeTable = Environment.GetEnvironmentVariable("NL_TABLES") is not null;
    private static readonly double[] Rates = [.. Enumerable.Range(-14, 20).Select(i => Math.Pow(10, i / 4.0))];

    private readonly ManagedBackend _backend = new();

    /// <summary>The rules, and what each may leave of the loss.</summary>
    public static TheoryData<string, RuleSettings, double> Rules => new()
    {
        { "SGD", new SgdSettings(), 0.2 },
        { "momentum", new MomentumSettings(), 0.1 },
        { "Nesterov", new MomentumSettings(IsNesterov: true), 0.1 },
        { "AdamW", new AdamWSettings(), 0.05 },
        { "DGD", new DgdSettings(), 0.5 },
        { "delta momentum", new DeltaMomentumSettings(), 0.1 },
        { "DMGD, squared", new DeepMomentumSettings(), 0.2 },
        { "DMGD, dot product", new DeepMomentumSettings(InnerObjective.DotProduct, InnerRate: 0.1, Retention: 0.97), 0.5 },
        { "Muon", new MuonSettings(), 0.05 },
        { "M3, averages", new M3Settings(), 0.1 },
        { "M3, sums", new M3Settings(M3Averages.Sums), 0.5 },
    };

    [Theory]
    [MemberData(nameof(Rules))]
    public void Steps_AtTheBestRate_LearnTheTask(string name, RuleSettings rule, double left)
    {
        double start = Loss(new SgdSettings(), 1e-12);
        (double loss, double rate) = Rates.Where((_, i) => IsWholeTable || i % 2 == 0).Select(rate => (Loss(rule, rate), rate)).Min();
        output.WriteLine($"{name}: {start:f4} to {loss:f5} at {rate:g2}");
        Assert.InRange(loss, 0, left * start);
    }

    /// <summary>The loss on inputs that were not learned, after all steps; infinite where they led nowhere.</summary>
    private double Loss(RuleSettings rule, double rate)
    {
        using Network teacher = new(_backend, 100);
        using Network student = new(_backend, 200);
        OptimiserSettings settings = new(rule, new LearningRateSchedule(rate, TotalSteps: Steps), MaxGradientNorm: 1);
        using Optimiser optimiser = new(_backend, student.Parameters[0], settings);
        try
        {
            for (int step = 1; step <= Steps; step++)
            {
                using var tape = new Tape(_backend);
                (Variable loss, Variable[] parameters, Variable[] inputs) = Error(tape, teacher, student, step);
                Variable[] gradients = tape.Gradients(loss, parameters);
                optimiser.Step(rule is DgdSettings
                    ? [new(gradients[0].Value, inputs[0].Value), new(gradients[1].Value), new(gradients[2].Value, inputs[1].Value)]
                    : [.. gradients.Select(gradient => new Gradient(gradient.Value))]);
            }
        }
        catch (NotFiniteGradientException)
        {
            return double.PositiveInfinity;
        }

        using var last = new Tape(_backend);
        float error = Error(last, teacher, student, 0).Loss.ToArray()[0];
        return float.IsFinite(error) ? error : double.PositiveInfinity;
    }

    private (Variable Loss, Variable[] Parameters, Variable[] Inputs) Error(Tape tape, Network teacher, Network student, int seed)
    {
        Variable x = tape.Own(_backend.Normal([seed == 0 ? 512 : Batch, 16], (ulong)(1000 + seed)));
        Variable[] parameters = student.Parameters[0].On(tape);
        (Variable answer, Variable hidden) = Network.Answer(x, parameters);
        Variable error = answer - Network.Answer(x, teacher.Parameters[0].On(tape)).Output.Detach();
        return ((error * error).Mean(), parameters, [x, hidden]);
    }

    private sealed class Network(ManagedBackend backend, ulong seed) : IDisposable
    {
        public ParameterSet Parameters { get; } = new(backend, new ParameterGroup(
            "network",
            0,
            new Parameter("in/weights", Weights(backend, 16, 32, seed)),
            new Parameter("in/bias", backend.Fill([32], 0)),
            new Parameter("out/weights", Weights(backend, 32, 4, seed + 1))));

        public static (Variable Output, Variable Hidden) Answer(Variable x, Variable[] parameters)
        {
            Variable hidden = (x.MatrixMultiply(parameters[0]) + parameters[1]).Gelu();
            return (hidden.MatrixMultiply(parameters[2]), hidden);
        }

        public void Dispose() => Parameters.Dispose();

        private static Tensor Weights(ManagedBackend backend, int rows, int columns, ulong seed)
        {
            using Tensor normal = backend.Normal([rows, columns], seed);
            return backend.Affine(normal, Math.Sqrt(2.0 / rows), 0);
        }
    }
}
