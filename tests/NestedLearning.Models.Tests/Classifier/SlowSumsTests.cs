using NestedLearning.Tensors;

namespace NestedLearning.Models.Tests.Classifier;

/// <summary>Statistics that travel as sums rather than event by event.</summary>
public class SlowSumsTests
{
    public static TheoryData<string, string, NamedTensor?> Bad => new()
    {
        { "no cross", "cross", null },
        { "a gram of another size", "gram", new SymmetricTensor("gram", 2, new float[3]) },
        { "a gram of another kind", "gram", new IntegerTensor("gram", default) },
        { "a cross of other classes", "cross", new DenseTensor("cross", [Synthetic.Features, 9], new float[Synthetic.Features * 9]) },
        { "a cross beyond its energies", "cross", Cross(1, 0, 3e6f) },
        { "a cross where there is no energy", "cross", Cross(0, 0, 1) },
        { "counts too few", "counts", new IntegerTensor("counts", new long[] { 2 }) },
        { "counts of another sum", "counts", new IntegerTensor("counts", new long[] { 2, 1 }) },
        { "a count below 0", "counts", new IntegerTensor("counts", new long[] { 3, -1 }) },
        { "an energy below 0", "gram", Gram((1, 1, -0.5f)) },
        { "an energy beyond its events", "gram", Gram((1, 1, 1e8f)) },
        { "a product beyond its energies", "gram", Gram((1, 1, 1), (2, 2, 1), (2, 1, 1.1f)) },
        { "a product without energies", "gram", Gram((2, 1, 1)) },
        { "a direction of negative energy", "gram", Gram((1, 1, 1), (2, 2, 1), (3, 3, 1), (2, 1, 0.9f), (3, 2, 0.9f), (3, 1, -0.9f)) },
    };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Absorb_Sums_IsAbsorbingTheEvents(bool oneSided)
    {
        ClassifierSpec spec = oneSided ? Synthetic.OneSided : Synthetic.Plain;
        ExactMemory byEvents = new(spec, 1);
        ExactMemory bySums = new(spec, 1);
        for (int round = 1; round <= 3; round++)
        {
            NestedClassifier memory = Synthetic.Memory(spec);
            memory.Learn(Synthetic.Events(round, 80, classes: 8 - round));
            Contribution update = memory.Drain(Synthetic.Slow, round);

            LevelVersion expected = byEvents.Fold(round, update);
            LevelVersion actual = bySums.Fold(round, update with { Tensors = update.Sums!.Make() });

            Assert.Equal(expected.Events, actual.Events);
            Synthetic.AssertClose(Synthetic.WeightsByLabel(expected.Tensors), Synthetic.WeightsByLabel(actual.Tensors), 1e-5);
            Assert.Equal(
                expected.Tensors.Get<IntegerTensor>(SlowTensors.Counts).Values.ToArray(),
                actual.Tensors.Get<IntegerTensor>(SlowTensors.Counts).Values.ToArray());
        }
    }

    [Fact]
    public void Check_SumsOfOneEvent_AreAccepted()
    {
        ExactMemory level = new(Synthetic.Plain, 1);
        Assert.Equal(2, level.Fold(1, new Contribution(2, Body())).Events);
    }

    [Theory]
    [MemberData(nameof(Bad))]
    public void Check_SumsThatEventsCannotHave_AreRefusedAndChangeNothing(string what, string name, NamedTensor? tensor)
    {
        ExactMemory level = new(Synthetic.Plain, 1);
        TensorSet before = level.Save();
        TensorSet body = [.. Body().Where(other => other.Name != name)];
        if (tensor is not null)
        {
            body.Add(tensor);
        }

        InvalidContributionException error = Assert.Throws<InvalidContributionException>(() => level.Check(new Contribution(2, body)));

        Assert.True(error.Tensor == name || (name, error.Tensor) == ("gram", "cross"), $"{what}: names {error.Tensor}");
        TensorAssert.AssertSame(before, level.Save());
    }

    /// <summary>Two events whose key is 1 in feature 1.</summary>
    private static TensorSet Body() =>
    [
        Gram((1, 1, 2)),
        Cross(1, 1, 1),
        new IntegerTensor("counts", new long[] { 1, 1 }),
        new IntegerTensor("known-classes", new long[] { 0 }),
        new TextTensor("labels", ["a", "b"]),
    ];

    private static SymmetricTensor Gram(params (int Row, int Column, float Value)[] values)
    {
        float[] triangle = new float[Synthetic.Features * (Synthetic.Features + 1) / 2];
        foreach ((int row, int column, float value) in values)
        {
            triangle[(row * (row + 1) / 2) + column] = value;
        }

        return new SymmetricTensor("gram", Synthetic.Features, triangle);
    }

    private static DenseTensor Cross(int feature, int label, float value)
    {
        float[] values = new float[Synthetic.Features * 2];
        values[(feature * 2) + label] = value;
        return new DenseTensor("cross", [Synthetic.Features, 2], values);
    }
}
