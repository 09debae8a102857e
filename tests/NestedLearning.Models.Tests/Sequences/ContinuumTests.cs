using NestedLearning.Tensors;

namespace NestedLearning.Models.Tests.Sequences;

/// <summary>The forms of the continuum memory.</summary>
public class ContinuumTests
{
    private static readonly SequenceSettings Settings = SmallModels.Settings(MixerKind.Delta) with { Blocks = 1, Periods = [1, 4, 8] };

    [Theory]
    [InlineData(ContinuumKind.Nested)]
    [InlineData(ContinuumKind.Independent)]
    public void Gradients_OfEveryParameter_AreDifferences(ContinuumKind kind) =>
        ModelGradients.AssertAreDifferences(SmallModels.Settings(MixerKind.SelfModifying) with { Continuum = kind });

    [Fact]
    public void Read_Nested_IsOneLayerOfTheSumOfAllLevels()
    {
        using SequenceModel nested = SmallModels.Create(new ManagedBackend(), Settings with { Continuum = ContinuumKind.Nested });
        using SequenceModel single = new(new ManagedBackend(), Settings with { Periods = [1] });
        TensorSet levels = nested.Parameters.Save();
        TensorSet summed = [];
        foreach (Parameter parameter in single.Parameters.Parameters)
        {
            DenseTensor value = levels.Get<DenseTensor>(parameter.Name);
            summed.Add(parameter.Name.Contains("/cms/0/", StringComparison.Ordinal) ? value with { Values = Sum(levels, parameter.Name) } : value);
        }

        single.Parameters.Load(summed);

        int[] tokens = SmallModels.Tokens(12);
        SmallModels.AssertClose(SmallModels.Logits(single, tokens, 1), SmallModels.Logits(nested, tokens, 1), 1e-5);

        static float[] Sum(TensorSet levels, string name)
        {
            float[] sum = new float[levels.Get<DenseTensor>(name).Values.Length];
            for (int level = 0; level < 3; level++)
            {
                Vectors.Axpy(1, levels.Get<DenseTensor>(name.Replace("/0/", $"/{level}/", StringComparison.Ordinal)).Values.Span, sum);
            }

            return sum;
        }
    }

    [Theory]
    [InlineData(ContinuumKind.Sequential, false)]
    [InlineData(ContinuumKind.Independent, true)]
    public void Read_LayersInAnotherOrder_IsTheSameWhereTheyAreIndependent(ContinuumKind kind, bool isSame)
    {
        using SequenceModel model = SmallModels.Create(new ManagedBackend(), Settings with { Continuum = kind });
        if (kind == ContinuumKind.Independent)
        {
            model.Parameters.LoadSome([new DenseTensor("block0/cms/weights", [3], new[] { 0.5f, 0.5f, 0.5f })]);
        }

        float[] before = SmallModels.Logits(model, SmallModels.Tokens(12), 1);
        TensorSet swapped = [];
        foreach (DenseTensor tensor in model.Parameters.Save().Cast<DenseTensor>().Where(tensor => tensor.Name.Contains("/cms/", StringComparison.Ordinal)))
        {
            swapped.Add(tensor with { Name = Swap(tensor.Name) });
        }

        model.Parameters.LoadSome(swapped);
        float[] after = SmallModels.Logits(model, SmallModels.Tokens(12), 1);
        Assert.Equal(isSame, before.Zip(after).All(pair => Math.Abs(pair.First - pair.Second) < 1e-5));

        static string Swap(string name) => name.Contains("/0/", StringComparison.Ordinal)
            ? name.Replace("/0/", "/2/", StringComparison.Ordinal)
            : name.Replace("/2/", "/0/", StringComparison.Ordinal);
    }

    [Fact]
    public void Step_EndOfASlowerPeriod_TheFasterBeginsAgainAtItsState()
    {
        using SequenceModel model = new(new ManagedBackend(), Settings with { Continuum = ContinuumKind.Nested });
        float[] initial = Values(2);
        using SequenceTrainer trainer = new(model, new SequenceTrainingSettings { Steps = 20, Batch = 2, Length = 6, LearningRate = 1e-2 }, SmallModels.Tokens(200));
        for (int step = 1; step <= 9; step++)
        {
            trainer.Step();
            Assert.Equal(step % 4 == 0, IsZero(0));
            Assert.Equal(step is < 4 or 8 or 9, IsZero(1));
            Assert.Equal(step < 8, initial.SequenceEqual(Values(2)));
        }

        bool IsZero(int level) => Values(level).All(value => value == 0);

        float[] Values(int level) => model.Parameters.Save().Get<DenseTensor>($"block0/cms/{level}/down").Values.ToArray();
    }

    [Theory]
    [InlineData(1, 8, 12)]
    [InlineData(4, 4)]
    public void Validate_NestedPeriodsThatDoNotGoIntoEachOther_AreRefused(params int[] periods)
    {
        InvalidSpecException error = Assert.Throws<InvalidSpecException>((Settings with { Continuum = ContinuumKind.Nested, Periods = periods }).Validate);
        Assert.Equal($"Continuum is Nested and Periods is {string.Join(", ", periods)}, accepted: multiples, each of the one before", Assert.Single(error.Violations));
        (Settings with { Periods = periods }).Validate();
    }

    [Fact]
    public void Validate_NestedWithLocalSteps_IsRefused()
    {
        SequenceSpec spec = new(Settings with { Continuum = ContinuumKind.Nested });
        spec.Validate();
        Assert.Equal(
            "LocalSteps is 4, accepted where Continuum is Nested: 0",
            Assert.Single(Assert.Throws<InvalidSpecException>((spec with { LocalSteps = 4 }).Validate).Violations));
    }
}
