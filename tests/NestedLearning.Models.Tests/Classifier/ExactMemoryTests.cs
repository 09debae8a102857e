using NestedLearning.Tensors;

namespace NestedLearning.Models.Tests.Classifier;

public class ExactMemoryTests
{
    [Fact]
    public void Solve_AnyEvents_IsTheRidgeOfFloat64()
    {
        var events = Synthetic.Events(1, 300);
        AssertIsRidge(events, Level(Synthetic.Plain, events, sources: 1).Solve());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    public void Solve_AnyPartitionOrderAndNumbering_IsTheSame(int sources)
    {
        var events = Synthetic.Events(2, 200);
        var shuffled = events.ToArray();
        new Random(sources).Shuffle(shuffled);
        AssertIsRidge(events, Level(Synthetic.Plain, shuffled, sources).Solve());
    }

    [Fact]
    public void Solve_OneSidedTargets_IsTheRidgeOfTheTargetsThatTravelled()
    {
        NestedClassifier memory = Synthetic.Memory(Synthetic.OneSided);
        memory.Learn(Synthetic.Events(3, 150));
        Contribution update = memory.Drain(Synthetic.Slow, 1);
        SparseRows keys = update.Tensors.Get<SparseTensor>(SlowTensors.Keys).Rows;
        SparseRows targets = update.Tensors.Get<SparseTensor>(SlowTensors.Targets).Rows;
        ReadOnlyMemory<long> classes = update.Tensors.Get<IntegerTensor>(SlowTensors.Classes).Values;
        IReadOnlyList<string> labels = update.Tensors.Get<TextTensor>(SlowTensors.Labels).Texts;
        Assert.All(targets.Values, target => Assert.True(target <= 0));
        Assert.Contains(targets.Values, target => target < 0);

        TensorSet version = new ExactMemory(Synthetic.OneSided, 1).Fold(1, update).Tensors;

        AssertIsRidge(keys, labels, version, (row, c) => classes.Span[row] == c ? 1 : Value(targets[row], c));
    }

    [Fact]
    public void Save_Loaded_BehavesTheSameToTheBit()
    {
        ExactMemory level = Level(Synthetic.OneSided, Synthetic.Events(4, 90), sources: 3);
        ExactMemory loaded = new(Synthetic.OneSided, 1);
        loaded.Load(level.Save());
        for (int i = 0; i < 3; i++)
        {
            NestedClassifier memory = Synthetic.Memory(Synthetic.OneSided);
            memory.Learn(Synthetic.Events(5 + i, 20, classes: 5 + i));
            Contribution update = memory.Drain(Synthetic.Slow, 1);
            TensorAssert.AssertSame(level.Fold(i, update).Tensors, loaded.Fold(i, update).Tensors);
            TensorAssert.AssertSame(level.Save(), loaded.Save());
            Assert.Equal(level.Events, loaded.Events);
        }
    }

    [Fact]
    public void Solve_NothingAbsorbed_HasNoClasses()
    {
        TensorSet version = new ExactMemory(Synthetic.Plain, 1).Solve();
        Assert.Empty(version.Get<DenseTensor>(SlowTensors.Weights).Values.ToArray());
        Assert.All(version.Get<DenseTensor>(SlowTensors.Energies).Values.ToArray(), energy => Assert.Equal(0, energy));
    }

    [Fact]
    public void Solve_LongestKeysThatAreAccepted_StaysFiniteAndSolvesTheSystem()
    {
        Random random = new(6);
        ExactMemory level = new(Synthetic.Plain, 1);
        NestedClassifier memory = Synthetic.Memory(Synthetic.Plain);
        for (int i = 0; i < 500; i++)
        {
            SparseVector key = Synthetic.Key(random, i % 5);
            FeatureInput input = new(new SparseVector(key.Indices, Array.ConvertAll(key.Values.ToArray(), value => value * 990)));
            memory.Step(input, $"class-{i % 5}");
        }

        float[] weights = level.Fold(1, memory.Drain(Synthetic.Slow, 1)).Tensors.Get<DenseTensor>(SlowTensors.Weights).Values.ToArray();
        Assert.All(weights, weight => Assert.InRange(Math.Abs(weight), 0, 10));
    }

    /// <summary>A level that folded events from several memories, round-robin.</summary>
    private static ExactMemory Level(ClassifierSpec spec, (FeatureInput Input, string Label)[] events, int sources)
    {
        ExactMemory level = new(spec, 1);
        Contribution[] round = [.. Enumerable.Range(0, sources).Select(source =>
        {
            NestedClassifier memory = Synthetic.Memory(spec, sources);
            memory.Learn(events.Where((_, i) => i % sources == source));
            return memory.Drain(Synthetic.Slow, 1);
        })];
        level.Fold(1, round);
        Assert.Equal(events.Length, level.Events);
        return level;
    }

    private static float Value(SparseVector row, int column)
    {
        int place = row.Indices.Span.IndexOf((ushort)column);
        return place < 0 ? 0 : row.Values.Span[place];
    }

    private static void AssertIsRidge((FeatureInput Input, string Label)[] events, TensorSet version)
    {
        string[] labels = [.. events.Select(e => e.Label).Distinct()];
        SparseRows keys = SparseRows.Stack(Synthetic.Features, [.. events.Select(e => Int8Rows.Round(e.Input.Features))]);
        AssertIsRidge(keys, labels, version, (row, c) => events[row].Label == labels[c] ? 1 : 0);
    }

    private static void AssertIsRidge(SparseRows keys, IReadOnlyList<string> labels, TensorSet version, Func<int, int, float> target)
    {
        int d = Synthetic.Features;
        double[] a = new double[d * d];
        double[] b = new double[d * labels.Count];
        for (int row = 0; row < keys.Rows; row++)
        {
            double[] key = Synthetic.Dense(keys[row]);
            for (int i = 0; i < d; i++)
            {
                for (int j = 0; j < d; j++)
                {
                    a[(i * d) + j] += key[i] * key[j];
                }

                for (int c = 0; c < labels.Count; c++)
                {
                    b[(i * labels.Count) + c] += key[i] * target(row, c);
                }
            }
        }

        for (int i = 0; i < d; i++)
        {
            Assert.Equal(a[(i * d) + i], version.Get<DenseTensor>(SlowTensors.Energies).Values.Span[i], 1e-4);
            a[(i * d) + i] += Synthetic.Plain.Ridge;
        }

        Float64.CholeskyFactor(a, d);
        Float64.CholeskySolve(a, b, d, labels.Count);
        var expected = labels.Select((label, c) => (label, Column: Enumerable.Range(0, d).Select(i => b[(i * labels.Count) + c]).ToArray()))
            .ToDictionary(pair => pair.label, pair => pair.Column);
        Synthetic.AssertClose(expected, Synthetic.WeightsByLabel(version), 1e-4);
    }
}
