using NestedLearning.Models;

namespace NestedLearning.Tensors.Contracts;

/// <content>What a step does beside its rule: clipping, weight decay, counting, refusing.</content>
public abstract partial class OptimiserContract
{
    [ContractFact]
    public void Step_LongGradients_AreClippedTogether()
    {
        using ParameterSet model = new(Backend, new ParameterGroup(
            "group", 0, new Parameter("a", Backend.Fill([1], 0)), new Parameter("b", Backend.Fill([1], 0))));
        using Optimiser optimiser = new(Backend, model[0], new(new SgdSettings(), new(1), MaxGradientNorm: 2.5));
        using Tensor three = Backend.Fill([1], 3);
        using Tensor four = Backend.Fill([1], 4);
        optimiser.Step([new Gradient(three), new Gradient(four)]);
        Assert.Equal(-1.5, Read(model[0][0].Value)[0], 1e-6);
        Assert.Equal(-2, Read(model[0][1].Value)[0], 1e-6);
        optimiser.Step([new Gradient(three), new Gradient(four)], scale: 0.1);
        Assert.Equal(-1.8, Read(model[0][0].Value)[0], 1e-6);
    }

    [ContractTheory]
    [InlineData(float.NaN)]
    [InlineData(float.NegativeInfinity)]
    public void Step_NotFiniteGradient_IsRefusedAndChangesNothing(float value)
    {
        using ParameterSet model = Model();
        using Optimiser optimiser = Start(model[0], "adamw");
        float[] before = Read(model[0][0].Value);
        Gradient[] gradients = [.. model[0].Select(parameter => new Gradient(Backend.Fill(parameter.Shape, value)))];
        NotFiniteGradientException error = Assert.Throws<NotFiniteGradientException>(() => optimiser.Step(gradients));
        Assert.Equal(1, error.Step);
        Assert.Equal(0, optimiser.Steps);
        Assert.Equal(before, Read(model[0][0].Value));
        Array.ForEach(gradients, gradient => gradient.Value.Dispose());
    }

    [ContractFact]
    public void Step_WithWeightDecay_LeavesVectorsAndNamedParametersOut()
    {
        using ParameterSet model = new(Backend, new ParameterGroup(
            "group",
            0,
            new Parameter("weights", Backend.Fill([2, 2], 1)),
            new Parameter("embedding", Backend.Fill([2, 2], 1)),
            new Parameter("bias", Backend.Fill([2], 1))));
        OptimiserSettings settings = new(new AdamWSettings(), new(0.1), WeightDecay: 0.5) { WithoutDecay = ["embedding"] };
        using Optimiser optimiser = new(Backend, model[0], settings);
        Gradient[] zeros = [.. model[0].Select(parameter => new Gradient(Backend.Fill(parameter.Shape, 0)))];
        optimiser.Step(zeros);
        Assert.Equal([0.95f, 1, 1], model[0].Select(parameter => Read(parameter.Value)[0]));
        Array.ForEach(zeros, gradient => gradient.Value.Dispose());
    }

    [ContractFact]
    public void Step_OfTwoLevels_CountsEachByItself()
    {
        using ParameterSet model = new(
            Backend,
            new ParameterGroup("fast", 0, new Parameter("fast", Backend.Fill([1], 0))),
            new ParameterGroup("slow", 1, new Parameter("slow", Backend.Fill([1], 0))));
        OptimiserSettings settings = new(new SgdSettings(), new LearningRateSchedule(1, WarmUpSteps: 4));
        using Optimiser fast = new(Backend, model[0], settings);
        using Optimiser slow = new(Backend, model[1], settings);
        using var sum = new GradientSum(Backend, model[1]);
        for (int step = 1; step <= 8; step++)
        {
            using var tape = new Tape(Backend);
            Variable[] gradient = [tape.Fill([1], step)];
            fast.Step([new Gradient(gradient[0].Value)]);
            sum.Add(gradient);
            if (step % 4 == 0)
            {
                slow.Step(sum);
            }
        }

        Assert.Equal((8, 2), (fast.Steps, slow.Steps));
        Assert.Equal(-((0.25 * 1) + (0.5 * 2) + (0.75 * 3) + 4 + 5 + 6 + 7 + 8), Read(model[0][0].Value)[0], 1e-5);
        Assert.Equal(-((0.25 * 2.5) + (0.5 * 6.5)), Read(model[1][0].Value)[0], 1e-5);
        slow.Step(sum);
        Assert.Equal(2, slow.Steps);
    }

    [ContractFact]
    public void Step_GradientsThatDoNotFit_AreRefused()
    {
        using ParameterSet model = Model();
        using Optimiser optimiser = Start(model[0], "dgd");
        using Tensor matrix = Backend.Fill([4, 3], 1);
        using Tensor vector = Backend.Fill([3], 1);
        using Tensor number = Backend.Fill([], 1);
        Assert.Throws<ArgumentException>(() => optimiser.Step([new Gradient(matrix)]));
        Assert.Throws<ShapeException>(() => optimiser.Step([new Gradient(vector), new Gradient(vector), new Gradient(number)]));
        Assert.Throws<ShapeException>(() => optimiser.Step([new Gradient(matrix, vector), new Gradient(vector), new Gradient(number)]));
        Assert.Throws<ShapeException>(() => optimiser.Step([new Gradient(matrix), new Gradient(vector, vector), new Gradient(number)]));
        Assert.Equal(0, optimiser.Steps);
        optimiser.Step([new Gradient(matrix), new Gradient(vector), new Gradient(number)]);
        Assert.Equal(1, optimiser.Steps);
    }
}
