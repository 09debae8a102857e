using NestedLearning.Tensors;

namespace NestedLearning.Models.Tests.Classifier;

public class NestedClassifierTests
{
    [Fact]
    public void Step_NewModel_AnswersBeforeItLearns()
    {
        NestedClassifier memory = Synthetic.Memory(Synthetic.OneSided);
        var events = Synthetic.Events(1, 60);
        Assert.Null(memory.Step(events[0].Input, "only").Label);
        Assert.Equal("only", memory.Step(events[1].Input, "other").Label);
    }

    [Fact]
    public void Step_AndPredict_AnswerAlike()
    {
        NestedClassifier memory = Synthetic.Memory(Synthetic.Plain);
        foreach ((FeatureInput input, string label) in Synthetic.Events(2, 80))
        {
            FeatureInput coded = new(Int8Rows.Round(input.Features));
            Prediction expected = memory.Predict(coded);
            Assert.Equal(expected, memory.Step(coded, label));
        }
    }

    [Fact]
    public void Predict_ClassWithoutEvents_IsNeverTheAnswer()
    {
        // A level can know a class before any event of it is folded; its zero scores beat negative ones.
        ExactMemory level = new(Synthetic.Plain, 1);
        NestedClassifier memory = Synthetic.Memory(Synthetic.Plain);
        memory.Learn(Synthetic.Events(3, 50));
        Contribution update = memory.Drain(Synthetic.Slow, 1);
        TensorSet body = [.. update.Tensors.Where(tensor => tensor.Name is not SlowTensors.Labels), new TextTensor(SlowTensors.Labels, [.. update.Tensors.Get<TextTensor>(SlowTensors.Labels).Texts, "unseen"])];
        memory.Adopt(Synthetic.Slow, level.Fold(1, update with { Tensors = body }), 1);
        Assert.DoesNotContain(memory.Ask(), answer => answer.Label is "unseen" or null);
    }

    [Fact]
    public void Predict_ManyClassesAfterFewEvents_KnowsThem()
    {
        NestedClassifier memory = Synthetic.Memory(Synthetic.OneSided);
        memory.Learn(Synthetic.Events(4, 300));
        double right = Synthetic.Events(5, 200).Count(e => memory.Predict(e.Input).Label == e.Label) / 200.0;
        Assert.InRange(right, 0.8, 1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Adopt_VersionWithAllEvents_LeavesOnlyTheVersionsScores(bool oneSided)
    {
        ClassifierSpec spec = Synthetic.Plain with { OneSidedTargets = oneSided };
        NestedClassifier memory = Synthetic.Memory(spec);
        memory.Learn(Synthetic.Events(6, 200));
        LevelVersion version = new ExactMemory(spec, 1).Fold(1, memory.Drain(Synthetic.Slow, 1));
        memory.Adopt(Synthetic.Slow, version, 1);

        Assert.Equal(0, memory.Pending(Synthetic.Slow));
        Dictionary<string, double[]> weights = Synthetic.WeightsByLabel(version.Tensors);
        Dictionary<string, long> counts = version.Tensors.Get<TextTensor>(SlowTensors.Labels).Texts
            .Zip(version.Tensors.Get<IntegerTensor>(SlowTensors.Counts).Values.ToArray()).ToDictionary(p => p.First, p => p.Second);
        foreach ((FeatureInput input, string _) in Synthetic.Events(7, 50))
        {
            (string label, double score) = weights
                .Select(pair => (pair.Key, Dot(pair.Value, input.Features) * Math.Sqrt(counts.Values.Average() / counts[pair.Key])))
                .MaxBy(pair => pair.Item2);
            Prediction answer = memory.Predict(input);
            Assert.Equal(label, answer.Label);
            Assert.Equal(score, answer.Score, 1e-4);
        }
    }

    [Fact]
    public void Adopt_VersionWithoutLaterEvents_KeepsThemInTheFastMemory()
    {
        ExactMemory level = new(Synthetic.Plain, 1);
        NestedClassifier memory = Synthetic.Memory(Synthetic.Plain);
        memory.Learn(Synthetic.Events(8, 60));
        Contribution first = memory.Drain(Synthetic.Slow, 1);
        memory.Learn(Synthetic.Events(9, 40));
        Contribution second = memory.Drain(Synthetic.Slow, 2);
        memory.Learn(Synthetic.Events(10, 30));
        LevelVersion version = level.Fold(1, first);
        memory.Adopt(Synthetic.Slow, version, 1);
        Assert.Equal(30, memory.Pending(Synthetic.Slow));

        // The same as a memory that joins at this version and learns only what came after it.
        NestedClassifier joined = Synthetic.Memory(Synthetic.Plain);
        joined.Adopt(Synthetic.Slow, version, 0);
        joined.Learn([.. Synthetic.Events(9, 40), .. Synthetic.Events(10, 30)]);
        Assert.Equal(joined.Ask(), memory.Ask());

        memory.Adopt(Synthetic.Slow, level.Fold(2, second), 2);
        Assert.Equal(30, memory.Pending(Synthetic.Slow));
    }

    [Fact]
    public void Adopt_ClassesInAnotherOrder_RenumbersWhatItKeeps()
    {
        ExactMemory level = new(Synthetic.OneSided, 1);
        NestedClassifier other = Synthetic.Memory(Synthetic.OneSided);
        other.Learn(Synthetic.Events(11, 50, classes: 7).Reverse());
        NestedClassifier memory = Synthetic.Memory(Synthetic.OneSided);
        memory.Learn(Synthetic.Events(12, 60));
        LevelVersion version = level.Fold(1, other.Drain(Synthetic.Slow, 1));

        memory.Adopt(Synthetic.Slow, version, 0);

        double right = Synthetic.Events(13, 100).Count(e => memory.Predict(e.Input).Label == e.Label) / 100.0;
        Assert.InRange(right, 0.7, 1);
        level.Fold(2, memory.Drain(Synthetic.Slow, 1));
        Assert.Equal(110, level.Events);
    }

    [Theory]
    [InlineData(30)] // the fast memory as factors
    [InlineData(128)]
    [InlineData(129)]
    [InlineData(300)] // as a matrix
    public void Save_LoadedOnTheSameVersion_AnswersTheSameToTheBit(int events)
    {
        ExactMemory level = new(Synthetic.OneSided, 1);
        NestedClassifier memory = Synthetic.Memory(Synthetic.OneSided);
        memory.Learn(Synthetic.Events(14, 40, classes: 3));
        LevelVersion version = level.Fold(1, memory.Drain(Synthetic.Slow, 1));
        memory.Adopt(Synthetic.Slow, version, 1);
        memory.Learn(Synthetic.Events(15, events / 2, classes: 8));
        memory.Drain(Synthetic.Slow, 2);
        memory.Learn(Synthetic.Events(16, events - (events / 2), classes: 20));

        NestedClassifier loaded = Synthetic.Memory(Synthetic.OneSided);
        loaded.Load(memory.Save());
        loaded.Adopt(Synthetic.Slow, version, 1);

        Assert.Equal(memory.Ask(), loaded.Ask());
        TensorAssert.AssertSame(memory.Save(), loaded.Save());
        Assert.Equal(memory.Learn(Synthetic.Events(17, 150, classes: 30)), loaded.Learn(Synthetic.Events(17, 150, classes: 30)));
        TensorAssert.AssertSame(memory.Drain(Synthetic.Slow, 3).Tensors, loaded.Drain(Synthetic.Slow, 3).Tensors);
    }

    [Fact]
    public void Save_LevelOfManyClasses_NamesOnlyThoseOfItsOwnEvents()
    {
        ExactMemory level = new(Synthetic.Plain, 1);
        NestedClassifier teacher = Synthetic.Memory(Synthetic.Plain);
        teacher.Learn(Synthetic.Events(19, 300, classes: 40));
        LevelVersion version = level.Fold(1, teacher.Drain(Synthetic.Slow, 1));
        NestedClassifier memory = Synthetic.Memory(Synthetic.Plain);
        memory.Adopt(Synthetic.Slow, version, 0);

        Assert.Empty(memory.Save().Get<TextTensor>(SlowTensors.Labels).Texts);
        memory.Learn([(Synthetic.Events(20, 1)[0].Input, "class-39"), (Synthetic.Events(21, 1)[0].Input, "class-new")]);
        Assert.Equal(["class-39", "class-new"], memory.Save().Get<TextTensor>(SlowTensors.Labels).Texts);
    }

    [Fact]
    public void PlainTargets_TravelAsNothing()
    {
        NestedClassifier memory = Synthetic.Memory(Synthetic.Plain);
        memory.Learn(Synthetic.Events(18, 50));
        Assert.Null(memory.Drain(Synthetic.Slow, 1).Tensors.Find(SlowTensors.Targets));
    }

    private static double Dot(double[] weights, SparseVector key)
    {
        double sum = 0;
        for (int i = 0; i < key.Count; i++)
        {
            sum += weights[key.Indices.Span[i]] * key.Values.Span[i];
        }

        return sum;
    }
}
