using NestedLearning.Models;

namespace NestedLearning.Tensors.Contracts;

/// <content>What follows from the mathematics of a rule, and that rules learn.</content>
public abstract partial class OptimiserContract
{
    /// <summary>Learning rates that suit the quadratic and the network, and what of the loss a rule may leave.</summary>
    private static readonly Dictionary<string, (double Quadratic, double Network, double Left)> Tasks = new()
    {
        ["sgd"] = (0.5, 3, 0.1),
        ["dgd"] = (0.5, 3, 0.1),
        ["momentum"] = (0.3, 0.5, 0.1),
        ["nesterov"] = (0.3, 0.5, 0.1),
        ["adamw"] = (0.5, 0.1, 0.1),
        ["delta"] = (0.3, 0.5, 0.1),
        ["deep"] = (1, 5, 0.1),
        ["deep-dot"] = (10, 10, 0.25),
        ["muon"] = (0.5, 0.2, 0.1),
        ["muon-plain"] = (0.5, 0.2, 0.1),
        ["m3"] = (0.2, 0.01, 0.1),

        // Sums that forget nothing swing for long, on a task that does not change.
        ["m3-sums"] = (0.3, 0.003, 0.6),
    };

    [ContractTheory]
    [MemberData(nameof(RuleNames))]
    public void Steps_OnAQuadratic_ApproachItsMinimum(string rule)
    {
        using ParameterSet model = new(Backend, new ParameterGroup("group", 0, new Parameter("weights", Backend.Normal([6, 4], 1))));
        using Tensor minimum = Backend.Normal([6, 4], 2);
        using Optimiser optimiser = new(Backend, model[0], Falling(rule, Tasks[rule].Quadratic));
        double[] losses = Train(optimiser, 150, (tape, parameters) =>
        {
            Variable error = parameters[0] - tape.Constant(minimum);
            return (error * error).Sum() * 0.5;
        });
        Assert.True(losses[^1] < Tasks[rule].Left * losses[0], $"{rule}: from {losses[0]} to {losses[^1]}");
    }

    [ContractTheory]
    [MemberData(nameof(RuleNames))]
    public void Steps_OnASmallNetwork_LowerTheLoss(string rule)
    {
        using Tensor inputs = Backend.Normal([32, 6], 3);
        using Tensor answers = Backend.Uniform([32, 4], 4);
        using Tensor first = Backend.Normal([6, 16], 5);
        using Tensor second = Backend.Normal([16, 4], 6);
        using ParameterSet model = new(Backend, new ParameterGroup(
            "group",
            0,
            new Parameter("in/weights", Backend.Affine(first, 0.4, 0)),
            new Parameter("in/bias", Backend.Fill([16], 0)),
            new Parameter("out/weights", Backend.Affine(second, 0.25, 0))));
        using Optimiser optimiser = new(Backend, model[0], Falling(rule, Tasks[rule].Network) with { MaxGradientNorm = 1 });
        double[] losses = Train(optimiser, 150, (tape, parameters) =>
        {
            Variable hidden = (tape.Constant(inputs).MatrixMultiply(parameters[0]) + parameters[1]).Gelu();
            Variable error = hidden.MatrixMultiply(parameters[2]) - tape.Constant(answers);
            return (error * error).Mean();
        });
        Assert.True(losses[^1] < Tasks[rule].Left * losses[0], $"{rule}: from {losses[0]} to {losses[^1]}");
    }

    [ContractFact]
    public void Step_AdamWOnAConstantGradient_IsTheRateEachTime()
    {
        using var parameter = new Parameter("weights", Backend.Fill([3], 0));
        using Optimiser optimiser = new(Backend, new("group", 0, parameter), new(new AdamWSettings(), new(0.01)));
        using Tensor gradient = Backend.Create([3], [1e-3f, -5, 1e6f]);
        for (int step = 0; step < 10; step++)
        {
            optimiser.Step([new Gradient(gradient)]);
        }

        Assert.All(new[] { -0.1, 0.1, -0.1 }.Zip(Read(parameter.Value)), pair => Assert.Equal(pair.First, pair.Second, 5e-6));
    }

    [ContractTheory]
    [InlineData(8, 24)]
    [InlineData(24, 8)]
    public void Step_Muon_MovesOrthogonally(int rows, int columns)
    {
        using var parameter = new Parameter("weights", Backend.Fill([rows, columns], 0));
        using Optimiser optimiser = new(Backend, new("group", 0, parameter), new(new MuonSettings(), new(1)));
        using Tensor gradient = Backend.Normal([rows, columns], 9);
        optimiser.Step([new Gradient(gradient)]);
        double[] move = [.. Read(parameter.Value).Select(value => -value / (0.2 * Math.Sqrt(24)))];
        Assert.All(JacobiSvd.Of(move, rows, columns).Values, value => Assert.InRange(value, 0.7, 1.3));
    }

    [ContractFact]
    public void Step_DeltaDescentOnWhatTheLayerDoesNotAnswer_IsDescentAtTheReducedRate()
    {
        // The layer says 0 to the input, whose weights are 0, so there is nothing to replace.
        float[] weights = [0, 0, 1, 2, 3, 4];
        using var delta = new Parameter("weights", Backend.Create([3, 2], weights));
        using var plain = new Parameter("weights", Backend.Create([3, 2], weights));
        using Optimiser deltaDescent = new(Backend, new("group", 0, delta), new(new DgdSettings(), new(1)));
        using Optimiser descent = new(Backend, new("group", 0, plain), new(new SgdSettings(), new(0.5)));
        using Tensor input = Backend.Create([1, 3], [1, 0, 0]);
        using Tensor gradient = Backend.Create([3, 2], [0.5f, -1, 0, 0, 0, 0]);
        deltaDescent.Step([new Gradient(gradient, input)]);
        descent.Step([new Gradient(gradient)]);
        Assert.All(Read(plain.Value).Zip(Read(delta.Value)), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
    }

    [ContractFact]
    public void Step_DeltaDescentOnOneUnitInput_MinimizesItsObjective()
    {
        // ‖W x + u‖² / 2 + ‖W − W0‖² / (2 η) has the slope (W x + u) xᵀ + (W − W0) / η, which is 0 where Eq. 57 ends.
        const double Eta = 0.7;
        double[] x = [0.6, 0, -0.8];
        double[] u = [0.3, -2];
        double[] start = [1, 2, -1, 0.5, 0.25, -3];
        using var parameter = new Parameter("weights", Create([3, 2], start));
        using Optimiser optimiser = new(Backend, new("group", 0, parameter), new(new DgdSettings(), new(Eta)));
        using Tensor inputs = Create([1, 3], x);
        using Tensor gradient = Create([3, 2], [.. x.SelectMany(key => u.Select(surprise => key * surprise))]);
        optimiser.Step([new Gradient(gradient, inputs)]);
        float[] w = Read(parameter.Value);
        for (int i = 0; i < 3; i++)
        {
            for (int j = 0; j < 2; j++)
            {
                double answer = Enumerable.Range(0, 3).Sum(k => x[k] * w[(k * 2) + j]);
                double slope = ((answer + u[j]) * x[i]) + ((w[(i * 2) + j] - start[(i * 2) + j]) / Eta);
                Assert.Equal(0, slope, 1e-5);
            }
        }
    }

    [ContractFact]
    public void Step_DeltaMomentumWithoutDelta_IsMomentum()
    {
        using ParameterSet one = Model();
        using ParameterSet other = Model();
        OptimiserSettings settings = new(new DeltaMomentumSettings(0.9, 0), new(0.1));
        using Optimiser delta = new(Backend, one[0], settings);
        using Optimiser momentum = new(Backend, other[0], settings with { Rule = new MomentumSettings(0.9) });
        Steps(delta, 1, 5);
        Steps(momentum, 1, 5);
        Assert.All(Read(one[0][0].Value).Zip(Read(other[0][0].Value)), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
    }

    private static OptimiserSettings Falling(string rule, double rate) =>
        new(Rules[rule], new LearningRateSchedule(rate, TotalSteps: 150, Final: rate / 100));

    private double[] Train(Optimiser optimiser, int steps, Func<Tape, Variable[], Variable> objective)
    {
        double[] losses = new double[steps];
        for (int step = 0; step < steps; step++)
        {
            using var tape = new Tape(Backend);
            Variable[] parameters = optimiser.Group.On(tape);
            Variable loss = objective(tape, parameters);
            losses[step] = loss.ToArray()[0];
            optimiser.Step(tape.Gradients(loss, parameters));
        }

        return losses;
    }
}
