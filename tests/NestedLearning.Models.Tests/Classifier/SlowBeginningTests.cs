using NestedLearning.Tensors;

namespace NestedLearning.Models.Tests.Classifier;

/// <summary>What an exact level begins with that another one has learned.</summary>
public class SlowBeginningTests
{
    private static readonly ClassifierSpec Spec = Synthetic.OneSided;

    public static TheoryData<string, string> Refused() => new()
    {
        { "no statistics", "levels have no statistics for 'slow', which it goes on learning from; accepted: a checkpoint with statistics." },
        { "no gram", "have no 'gram'" },
        { "short gram", "have 'gram' of the shape [8255]; accepted: [8256]." },
        { "other cross", "have 'cross' of the shape [128, 4]; accepted: [128, 5]." },
        { "other counts", "have 'counts' of the shape [4]; accepted: [5]." },
        { "other weights", "have 'weights' of the shape [128, 4]; accepted: [128, 5]." },
        { "other energies", "have 'energies' of the shape [64]; accepted: [128]." },
        { "infinite weights", "have NaN or infinity in 'weights'" },
        { "infinite gram", "have NaN as value 7 of 'gram'" },
        { "infinite cross", "have Infinity as value 0 of 'cross'" },
        { "large cross", "have 1E+300 as value 0 of 'cross'; accepted: magnitudes up to" },
        { "negative count", "have -1 in 'counts' of the statistics" },
        { "counts of fewer", "have 'counts' that add up to 59; accepted: 60." },
        { "negative events", "have -1 events; accepted: 0 to 9007199254740992." },
        { "a clock", "have a clock at 60, and a model whose statistics do not fade" },
        { "one class twice", "have the class 'class-1' twice" },
        { "an empty class", "have a label of 0 characters; accepted: 1 to 256." },
        { "half a character", "have a label with half a surrogate pair" },
        { "other classes", "have a version of other classes than its statistics" },
        { "a version of fewer events", "have a value in 'counts' that is no number of events" },
        { "negative energy", "have a 'gram' that is no sum of squares; accepted: a positive semidefinite A = Σ k kᵀ." },
        { "correlations beyond 1", "have a 'gram' that is no sum of squares" },
        { "indefinite", "have a 'gram' that is no sum of squares" },
    };

    [Theory]
    [InlineData(null)]
    [InlineData(25L)]
    public void Begin_WithWhatAnotherHasLearned_AbsorbsOnToTheSameBits(long? halfLife)
    {
        ClassifierSpec spec = Spec with { HalfLife = halfLife };
        ExactMemory level = new(spec, 1);
        for (int i = 0; i < 3; i++)
        {
            Come(level, spec, i, 30);
        }

        ExactMemory begun = new(spec, 1);
        begun.Begin(level.Solve(), level.Save());
        begun.CheckBeginning();

        Assert.Equal((level.Events, level.Clock), (begun.Events, begun.Clock));
        for (int i = 3; i < 6; i++)
        {
            Come(level, spec, i, 17);
            Come(begun, spec, i, 17);
            TensorAssert.AssertSame(level.Solve(), begun.Solve());
            TensorAssert.AssertSame(level.Save(), begun.Save());
        }
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void Begin_WhatNoLevelHasLearned_IsRefusedByName(string change, string says)
    {
        (TensorSet version, TensorSet state) = Learned(Spec);
        (version, state) = Changed(change, version, state);

        ExactMemory level = new(Spec, 1);
        InvalidInputException error = Assert.Throws<InvalidInputException>(() =>
        {
            level.Begin(version, state);
            level.CheckBeginning();
        });

        Assert.Equal("levels", error.Field);
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(25L)]
    public void CheckBeginning_LevelThatEventsWereTakenOutOf_Passes(long? halfLife)
    {
        ClassifierSpec spec = Spec with { HalfLife = halfLife };
        ExactMemory level = new(spec, 1);
        Contribution[] rounds = [.. Enumerable.Range(0, 4).Select(i => Come(level, spec, i, 20))];
        for (int i = 0; i < rounds.Length; i++)
        {
            level.Release([rounds[i]]);
            ExactMemory begun = new(spec, 1);
            begun.Begin(level.Solve(), level.Save());
            begun.CheckBeginning();
        }

        Assert.Equal(0, level.Events);
    }

    [Fact]
    public void Begin_LevelOfGradients_TakesNoStatistics()
    {
        TensorSet parameters = [new DenseTensor("w", [2], new float[2])];
        OuterLevel level = new(new LevelSpec(new LevelId("l"), LevelScope.Shared, UpdateKind.Gradient, 1), parameters, new OuterSettings(), new AggregationSettings());

        InvalidInputException error = Assert.Throws<InvalidInputException>(() => level.Begin(parameters, Learned(Spec).State));

        Assert.Contains("have statistics for 'l', whose updates are of the kind Gradient", error.Message, StringComparison.Ordinal);
    }

    private static (TensorSet Version, TensorSet State) Learned(ClassifierSpec spec)
    {
        ExactMemory level = new(spec, 1);
        Come(level, spec, 1, 60);
        return (level.Solve(), level.Save());
    }

    /// <summary>Lets a round come in at its time.</summary>
    private static Contribution Come(ExactMemory level, ClassifierSpec spec, int seed, int events)
    {
        NestedClassifier memory = Synthetic.Memory(spec);
        memory.Learn(Synthetic.Events(seed, events));
        Contribution update = memory.Drain(Synthetic.Slow, 1);
        level.Clock = level.ClockAfter(update.Events);
        update = update with { At = level.Clock };
        level.Check(update);
        level.Absorb([update]);
        return update;
    }

    private static (TensorSet Version, TensorSet State) Changed(string change, TensorSet version, TensorSet state)
    {
        double[] gram = state.Get<DoubleTensor>(SlowTensors.Gram).Values.ToArray();
        double[] cross = state.Get<DoubleTensor>(SlowTensors.Cross).Values.ToArray();
        double[] counts = state.Get<DoubleTensor>(SlowTensors.Counts).Values.ToArray();
        float[] weights = version.Get<DenseTensor>(SlowTensors.Weights).Values.ToArray();
        string[] labels = [.. state.Get<TextTensor>(SlowTensors.Labels).Texts];
        return change switch
        {
            "no statistics" => (version, []),
            "no gram" => (version, [.. state.Where(tensor => tensor.Name != SlowTensors.Gram)]),
            "short gram" => (version, With(state, Gram(gram[..^1]))),
            "other cross" => (version, With(state, new DoubleTensor(SlowTensors.Cross, [128, 4], new double[512]))),
            "other counts" => (version, With(state, new DoubleTensor(SlowTensors.Counts, [4], new double[4]))),
            "other weights" => (With(version, new DenseTensor(SlowTensors.Weights, [128, 4], new float[512])), state),
            "other energies" => (With(version, new DenseTensor(SlowTensors.Energies, [64], new float[64])), state),
            "infinite weights" => (With(version, new DenseTensor(SlowTensors.Weights, [128, 5], Set(weights, 3, float.NegativeInfinity))), state),
            "infinite gram" => (version, With(state, Gram(Set(gram, 7, double.NaN)))),
            "infinite cross" => (version, With(state, new DoubleTensor(SlowTensors.Cross, [128, 5], Set(cross, 0, double.PositiveInfinity)))),
            "large cross" => (version, With(state, new DoubleTensor(SlowTensors.Cross, [128, 5], Set(cross, 0, 1e300)))),
            "negative count" => (version, With(state, new DoubleTensor(SlowTensors.Counts, [5], Set(counts, 0, -1)))),
            "counts of fewer" => (version, With(state, new DoubleTensor(SlowTensors.Counts, [5], Set(counts, 0, counts[0] - 1)))),
            "negative events" => (version, With(state, new IntegerTensor(SlowTensors.Events, new long[] { -1, 0 }))),
            "a clock" => (version, With(state, new IntegerTensor(SlowTensors.Events, new long[] { 60, 60 }))),
            "one class twice" => Labelled(Set(labels, Array.IndexOf(labels, "class-0"), "class-1")),
            "an empty class" => Labelled(Set(labels, 0, "")),
            "half a character" => Labelled(Set(labels, 0, "a\uD800")),
            "other classes" => (version, With(state, new TextTensor(SlowTensors.Labels, [.. labels.Reverse()]))),
            "a version of fewer events" => (With(version, new IntegerTensor(SlowTensors.Counts, new long[] { -1, 0, 0, 0, 0 })), state),
            "negative energy" => (version, With(state, Gram(Set(gram, 0, -1)))),
            "correlations beyond 1" => (version, With(state, Gram(Set(gram, 1, 2 + gram[0] + gram[2])))),
            "indefinite" => (version, With(state, Gram(Indefinite(gram)))),
            _ => throw new ArgumentException(change),
        };

        (TensorSet, TensorSet) Labelled(string[] changed) =>
            (With(version, new TextTensor(SlowTensors.Labels, changed)), With(state, new TextTensor(SlowTensors.Labels, changed)));
    }

    /// <summary>No two features tell it, but three: each is the opposite of both others.</summary>
    private static double[] Indefinite(double[] gram)
    {
        (gram[0], gram[2], gram[5]) = (1, 1, 1);
        (gram[1], gram[3], gram[4]) = (-0.9, -0.9, -0.9);
        return gram;
    }

    private static DoubleTensor Gram(double[] triangle) => new(SlowTensors.Gram, [triangle.Length], triangle);

    private static T[] Set<T>(T[] values, int place, T value)
    {
        values[place] = value;
        return values;
    }

    private static TensorSet With(TensorSet tensors, NamedTensor other) => [.. tensors.Select(tensor => tensor.Name == other.Name ? other : tensor)];
}
