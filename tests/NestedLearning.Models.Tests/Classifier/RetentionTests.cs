using NestedLearning.Tensors;

namespace NestedLearning.Models.Tests.Classifier;

/// <summary>A level whose statistics fade, next to the sums of method: multiplied by γ before every round.</summary>
public class RetentionTests
{
    private const int Classes = 5;

    private static readonly int[] Rounds = [40, 3, 100, 1, 0, 250, 60];

    [Theory]
    [InlineData(1_000_000)]
    [InlineData(400)]
    [InlineData(90)]
    [InlineData(30)]
    public void Solve_RoundAfterRound_IsTheRidgeOfSumsThatFade(long halfLife)
    {
        ClassifierSpec spec = Synthetic.Plain with { HalfLife = halfLife };
        ExactMemory level = new(spec, 1);
        FadingSums expected = new();
        for (int i = 0; i < Rounds.Length; i++)
        {
            var events = Synthetic.Events(i, Rounds[i], Classes);
            expected.Fade(Math.Pow(2, -(double)events.Length / halfLife));
            expected.Add(events, 1);
            Come(level, Update(spec, events));

            expected.AssertSolvedBy(level.Solve());
        }
    }

    [Fact]
    public void Release_FormerRounds_LeavesTheOthersAsOldAsTheyAre()
    {
        ClassifierSpec spec = Synthetic.Plain with { HalfLife = 100 };
        ExactMemory level = new(spec, 1);
        FadingSums expected = new();
        List<Contribution> rounds = [];
        for (int i = 0; i < Rounds.Length; i++)
        {
            var events = Synthetic.Events(i, Rounds[i], Classes);
            expected.Fade(Math.Pow(2, -events.Length / 100d));
            expected.Add(i is 1 or 2 or 6 ? [] : events, 1);
            rounds.Add(Come(level, Update(spec, events)));
        }

        level.Release([rounds[6], rounds[1], rounds[2]]);

        expected.AssertSolvedBy(level.Solve());
    }

    [Fact]
    public void Clock_SetBack_MakesWholeWhatHadFaded()
    {
        ClassifierSpec spec = Synthetic.OneSided with { HalfLife = 50 };
        ExactMemory level = new(spec, 1);
        Come(level, Update(spec, Synthetic.Events(1, 120)));
        Dictionary<string, double[]> before = Synthetic.WeightsByLabel(level.Solve());
        long clock = level.Clock;
        Contribution later = Come(level, Update(spec, Synthetic.Events(2, 400)));
        Assert.True(level.CanGoBackTo(clock));

        level.Release([later]);
        level.Clock = clock;

        Synthetic.AssertClose(before, Synthetic.WeightsByLabel(level.Solve()), 1e-6);
    }

    [Fact]
    public void ClockAfter_RoundOfManyHalfLives_LeavesEnoughToGoBackTo()
    {
        ClassifierSpec spec = Synthetic.Plain with { HalfLife = 1 };
        ExactMemory level = new(spec, 1);
        Come(level, Update(spec, Synthetic.Events(1, 30)));
        Dictionary<string, double[]> before = Synthetic.WeightsByLabel(level.Solve());
        long clock = level.Clock;

        Contribution large = Come(level, Update(spec, Synthetic.Events(2, 500)));
        Assert.Equal((40, true), (level.Clock, level.CanGoBackTo(clock)));
        level.Release([large]);
        level.Clock = clock;
        Synthetic.AssertClose(before, Synthetic.WeightsByLabel(level.Solve()), 1e-4);

        Come(level, large);
        Come(level, Update(spec, Synthetic.Events(3, 1)));
        Assert.False(level.CanGoBackTo(clock));
    }

    [Fact]
    public void Solve_ClassWithoutEventsForTwentyHalfLives_IsNoAnswerAnyMore()
    {
        ClassifierSpec spec = Synthetic.Plain with { HalfLife = 20 };
        ExactMemory level = new(spec, 1);
        Come(level, Update(spec, [.. Synthetic.Events(1, 1).Select(one => (one.Input, "old"))]));
        for (int i = 0; i < 20; i++)
        {
            Assert.Equal(1, CountOf(level, "old"));
            Come(level, Update(spec, Synthetic.Events(2 + i, 20)));
        }

        Assert.Equal(0, CountOf(level, "old"));
        Assert.InRange(CountOf(level, "class-0"), 1, 30);
    }

    [Fact]
    public void Save_Loaded_BehavesTheSameToTheBit()
    {
        ClassifierSpec spec = Synthetic.OneSided with { HalfLife = 77 };
        ExactMemory level = new(spec, 1);
        Contribution first = Come(level, Update(spec, Synthetic.Events(1, 100)));
        ExactMemory loaded = new(spec, 1);
        loaded.Load(level.Save());
        foreach (ExactMemory memory in new[] { level, loaded })
        {
            Come(memory, Update(spec, Synthetic.Events(2, 90)));
            memory.Release([first]);
        }

        TensorAssert.AssertSame(level.Solve(), loaded.Solve());
        TensorAssert.AssertSame(level.Save(), loaded.Save());
        Assert.Equal((90, 190), (loaded.Events, loaded.Clock));
    }

    [Fact]
    public void Clock_NoHalfLife_StandsStill()
    {
        ExactMemory level = new(Synthetic.Plain, 1);
        Assert.Equal((0, true), (level.ClockAfter(1_000), level.CanGoBackTo(0)));
    }

    private static long CountOf(ExactMemory level, string label)
    {
        TensorSet version = level.Solve();
        int c = version.Get<TextTensor>(SlowTensors.Labels).Texts.ToList().IndexOf(label);
        return version.Get<IntegerTensor>(SlowTensors.Counts).Values.Span[c];
    }

    private static Contribution Come(ExactMemory level, Contribution round)
    {
        level.Clock = level.ClockAfter(round.Events);
        Contribution come = round with { At = level.Clock };
        level.Absorb([come]);
        return come;
    }

    private static Contribution Update(ClassifierSpec spec, (FeatureInput Input, string Label)[] events)
    {
        NestedClassifier memory = Synthetic.Memory(spec);
        memory.Learn(events);
        return memory.Drain(Synthetic.Slow, 1);
    }

    /// <summary>A, B and n in float64, as the method states them.</summary>
    private sealed class FadingSums
    {
        private const int D = Synthetic.Features;

        private readonly double[] _a = new double[D * D];
        private readonly double[] _b = new double[D * Classes];
        private readonly double[] _n = new double[Classes];

        public void Fade(double gamma)
        {
            Float64.Scale(gamma, _a);
            Float64.Scale(gamma, _b);
            Float64.Scale(gamma, _n);
        }

        public void Add((FeatureInput Input, string Label)[] events, double weight)
        {
            foreach ((FeatureInput input, string label) in events)
            {
                double[] key = Synthetic.Dense(input.Features);
                int y = label[^1] - '0';
                _n[y] += weight;
                for (int i = 0; i < D; i++)
                {
                    _b[(i * Classes) + y] += weight * key[i];
                    for (int j = 0; j < D; j++)
                    {
                        _a[(i * D) + j] += weight * key[i] * key[j];
                    }
                }
            }
        }

        public void AssertSolvedBy(TensorSet version)
        {
            double[] a = [.. _a];
            double[] weights = [.. _b];
            for (int i = 0; i < D; i++)
            {
                Assert.Equal(a[(i * D) + i], version.Get<DenseTensor>(SlowTensors.Energies).Values.Span[i], 1e-4);
                a[(i * D) + i] += Synthetic.Plain.Ridge;
            }

            Float64.CholeskyFactor(a, D);
            Float64.CholeskySolve(a, weights, D, Classes);
            IReadOnlyList<string> labels = version.Get<TextTensor>(SlowTensors.Labels).Texts;
            Synthetic.AssertClose(
                labels.ToDictionary(label => label, label => Enumerable.Range(0, D).Select(i => weights[(i * Classes) + label[^1] - '0']).ToArray()),
                Synthetic.WeightsByLabel(version),
                1e-4);
            Assert.Equal(labels.Select(label => Math.Ceiling(_n[label[^1] - '0'] - 1e-6)), version.Get<IntegerTensor>(SlowTensors.Counts).Values.ToArray().Select(count => (double)count));
        }
    }
}
