using NestedLearning.Models;

namespace NestedLearning.Tensors.Contracts;

/// <content>What is remembered: saved, loaded, bounded.</content>
public abstract partial class OptimiserContract
{
    [ContractTheory]
    [MemberData(nameof(RuleNames))]
    public void Load_ASavedState_StepsOnToTheBit(string rule)
    {
        using ParameterSet model = Model();
        using ParameterSet copy = Model();
        using Optimiser optimiser = Start(model[0], rule);
        using Optimiser restored = Start(copy[0], rule);
        Steps(optimiser, 1, 7);

        copy.Load(model.Save());
        restored.Load(optimiser.Save());
        Assert.Equal(7, restored.Steps);
        Steps(optimiser, 8, 9);
        Steps(restored, 8, 9);

        Assert.All(model.Parameters.Zip(copy.Parameters), pair => Assert.Equal(Read(pair.First.Value), Read(pair.Second.Value)));
    }

    [ContractTheory]
    [MemberData(nameof(RuleNames))]
    public void Step_Repeated_TakesNoMoreMemory(string rule)
    {
        long before = BytesInUse;
        using (ParameterSet model = Model())
        using (Optimiser optimiser = Start(model[0], rule))
        {
            Steps(optimiser, 1, 6);
            long used = BytesInUse;
            Steps(optimiser, 7, 12);
            Assert.Equal(used, BytesInUse);
        }

        Assert.Equal(before, BytesInUse);
    }

    [ContractFact]
    public void Load_AnotherRulesState_IsRefusedAndChangesNothing()
    {
        using ParameterSet model = Model();
        using Optimiser momentum = Start(model[0], "momentum");
        using Optimiser adam = Start(model[0], "adamw");
        Steps(adam, 1, 2);
        Assert.Throws<TensorMissingException>(() => adam.Load(momentum.Save()));
        Assert.Equal(2, adam.Steps);
        Assert.Throws<TensorMissingException>(() => adam.Load([]));
        Assert.Throws<ShapeException>(() => adam.Load([new IntegerTensor("steps", new long[] { -1 })]));
    }

    [ContractFact]
    public void Load_OtherShapes_IsRefusedAndChangesNothing()
    {
        using ParameterSet model = Model();
        using var other = new ParameterSet(Backend, new ParameterGroup("other", 0, new Parameter("weights", Backend.Fill([2, 2], 1))));
        using Optimiser optimiser = Start(model[0], "momentum");
        using Optimiser of = Start(other[0], "momentum");
        float[] before = Read(model[0][0].Value);
        Assert.Throws<ShapeException>(() => optimiser.Load(of.Save()));
        Assert.Throws<ShapeException>(() => model.Load(other.Save()));
        Assert.Equal(before, Read(model[0][0].Value));
    }

    /// <summary>A matrix [4, 3], a vector [3] and a single number.</summary>
    private ParameterSet Model() => new(Backend, new ParameterGroup(
        "group",
        1,
        new Parameter("weights", Backend.Normal([4, 3], 1)),
        new Parameter("bias", Backend.Normal([3], 2)),
        new Parameter("gain", Backend.Normal([], 3))));

    private Optimiser Start(ParameterGroup group, string rule) => new(
        Backend, group, new OptimiserSettings(Rules[rule], new LearningRateSchedule(0.1, 3, 20), 0.1, MaxGradientNorm: 1));

    private void Steps(Optimiser optimiser, int first, int count)
    {
        for (int step = first; step < first + count; step++)
        {
            Gradient[] gradients = [.. optimiser.Group.Select((parameter, i) =>
                new Gradient(Backend.Normal(parameter.Shape, (ulong)((100 * step) + i))))];
            optimiser.Step(gradients);
            Array.ForEach(gradients, gradient => gradient.Value.Dispose());
        }
    }
}
