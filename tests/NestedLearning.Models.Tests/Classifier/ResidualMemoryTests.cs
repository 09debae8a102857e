using NestedLearning.Tensors;

namespace NestedLearning.Models.Tests.Classifier;

/// <summary>The fast memory against method.md's formulas, written out over dense float64 arrays.</summary>
public class ResidualMemoryTests
{
    private const int Classes = 6;
    private const float Rate = 0.3f;
    private const float Ridge = 0.1f;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100)] // as factors
    [InlineData(ResidualMemory.MaxFactors)]
    [InlineData(ResidualMemory.MaxFactors + 1)] // as a matrix
    [InlineData(400)]
    public void AddScores_AfterManySteps_IsWhatTheFormulasGive(int events)
    {
        Random random = new(events);
        float[] energies = [.. Enumerable.Range(0, Synthetic.Features).Select(_ => random.NextSingle())];
        Int8Rows keys = new();
        ResidualMemory memory = new(Rate, Ridge);
        memory.Reset(energies, keys);
        DenseMemory expected = new(energies);
        for (int i = 0; i < events; i++)
        {
            SparseVector key = Int8Rows.Round(Synthetic.Key(random, i % 5));
            float[] residual = [.. Enumerable.Range(0, 1 + (i * Classes / Math.Max(events, 1))).Select(_ => random.NextSingle() - 0.5f)];
            memory.Learn(key, residual); // classes come one by one
            keys.Add(key);
            expected.Learn(Synthetic.Dense(key), residual);
        }

        for (int i = 0; i < 20; i++)
        {
            SparseVector key = Int8Rows.Round(Synthetic.Key(random, i % 5));
            float[] scores = new float[Classes];
            memory.AddScores(key, scores);
            double[] wanted = expected.Scores(Synthetic.Dense(key));
            Assert.All(wanted.Zip(scores), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
        }
    }

    [Fact]
    public void Reset_AnyMemory_IsZero()
    {
        Random random = new(1);
        Int8Rows keys = new();
        ResidualMemory memory = new(Rate, Ridge);
        for (int events = 0; events < 200; events += 70)
        {
            memory.Reset(new float[Synthetic.Features], keys);
            float[] scores = new float[Classes];
            memory.AddScores(Synthetic.Key(random, 1), scores);
            Assert.All(scores, score => Assert.Equal(0, score));
            for (int i = 0; i < events + 70; i++)
            {
                keys.Add(Synthetic.Key(random, 1));
                memory.Learn(keys[i], new float[] { 1, -1 });
            }

            keys = new Int8Rows();
        }
    }

    [Fact]
    public void Reset_EnergiesBelowZero_CountAsZero()
    {
        Random random = new(2);
        float[] low = [.. Enumerable.Repeat(-0.2f, Synthetic.Features)]; // what a coarse difference can leave
        Assert.Equal(Scores(new float[Synthetic.Features]), Scores(low));

        float[] Scores(float[] energies)
        {
            random = new Random(2);
            Int8Rows keys = new();
            ResidualMemory memory = new(Rate, Ridge);
            memory.Reset(energies, keys);
            keys.Add(Synthetic.Key(random, 1));
            memory.Learn(keys[0], new float[] { 1, -1 });
            float[] scores = new float[2];
            memory.AddScores(keys[0], scores);
            return scores;
        }
    }

    private sealed class DenseMemory(float[] energies)
    {
        private readonly double[] _energies = Array.ConvertAll(energies, energy => (double)energy);
        private readonly double[,] _f = new double[energies.Length, Classes];

        public void Learn(double[] k, float[] r)
        {
            double[] g = new double[k.Length];
            double kg = 0;
            for (int j = 0; j < k.Length; j++)
            {
                _energies[j] += k[j] * k[j];
                g[j] = Rate * k[j] / (_energies[j] + Ridge);
                kg += k[j] * g[j];
            }

            for (int j = 0; j < k.Length; j++)
            {
                for (int c = 0; c < r.Length; c++)
                {
                    _f[j, c] += g[j] * r[c] / (1 + kg);
                }
            }
        }

        public double[] Scores(double[] k) =>
            [.. Enumerable.Range(0, Classes).Select(c => Enumerable.Range(0, k.Length).Sum(j => k[j] * _f[j, c]))];
    }
}
