using NestedLearning.Tensors;

namespace NestedLearning.Tiers.Tests;

public class ErrorFeedbackTests
{
    private const int Rows = 40;
    private const int Columns = 130;

    public static TheoryData<TensorEncoding, int> Lossy => new()
    {
        { TensorEncoding.BFloat16, 0 },
        { TensorEncoding.Int8, 0 },
        { TensorEncoding.Int4, 0 },
        { TensorEncoding.TopKFloat16, 64 },
        { TensorEncoding.TopKInt8, 64 },
        { TensorEncoding.TopKInt2, 128 },
        { TensorEncoding.LowRankFloat32, 4 },
        { TensorEncoding.LowRankBFloat16, 4 },
        { TensorEncoding.LowRankInt8, 4 },
        { TensorEncoding.LowRankInt4, 4 },
    };

    [Theory]
    [MemberData(nameof(Lossy))]
    public void Encode_UpdatesInARow_LoseNothingForGood(TensorEncoding encoding, int kept)
    {
        ErrorFeedback feedback = Create(encoding, kept);
        Random random = new(61);
        double[] given = new double[Rows * Columns];
        double[] read = new double[given.Length];
        for (int update = 0; update < 20; update++)
        {
            float[] values = Update(random);
            Add(given, values);
            Add(read, Read(feedback.Encode(Frames.With(Matrix(values)))));
        }

        Add(read, Rest(feedback));
        Assert.All(given.Zip(read), pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, 2e-4));
    }

    [Theory]
    [MemberData(nameof(Lossy))]
    public void Encode_TheSameUpdateAgainAndAgain_ArrivesOnAverage(TensorEncoding encoding, int kept)
    {
        const int Updates = 300;
        ErrorFeedback feedback = Create(encoding, kept);
        float[] values = Update(new Random(62));
        double[] sum = new double[values.Length];
        for (int update = 0; update < Updates; update++)
        {
            Add(sum, Read(feedback.Encode(Frames.With(Matrix(values)))));
        }

        double error = Norm(values.Zip(sum, (value, total) => value - (total / Updates)));
        Assert.InRange(error / Norm(values.Select(value => (double)value)), 0, 0.35);
    }

    [Theory]
    [MemberData(nameof(Lossy))]
    public void Load_ASavedState_GoesOnWithTheSameBytes(TensorEncoding encoding, int kept)
    {
        ErrorFeedback feedback = Create(encoding, kept);
        Random random = new(63);
        feedback.Encode(Frames.With(Matrix(Update(random))));
        TensorSet state = [];
        feedback.Save(state, "rest/slow");
        ErrorFeedback restored = Create(encoding, kept);
        restored.Load(state, "rest/slow");

        for (int update = 0; update < 3; update++)
        {
            Frame next = Frames.With(Matrix(Update(random)));
            Assert.Equal(feedback.Encode(next), restored.Encode(next));
        }

        Assert.Equal(feedback.SizeBytes, restored.SizeBytes);
    }

    [Fact]
    public void Save_NothingLost_AddsNothing()
    {
        ErrorFeedback feedback = Create(TensorEncoding.Float32, 0);
        feedback.Encode(Frames.With(Matrix(Update(new Random(64)))));
        TensorSet state = [];
        feedback.Save(state, "rest/slow");
        Assert.Empty(state);
    }

    [Fact]
    public void Encode_WithoutATensor_KeepsWhatItLacks()
    {
        ErrorFeedback feedback = Create(TensorEncoding.TopKInt8, 1);
        float[] values = [4, 3];
        feedback.Encode(Frames.With(new DenseTensor("a", [2], values)));
        feedback.Encode(Frames.With(new DenseTensor("b", [2], values)));

        byte[] bytes = feedback.Encode(Frames.With(new DenseTensor("a", [2], new float[2])));

        Assert.Equal([0, 3], Read(bytes));
    }

    [Fact]
    public void Encode_AWiderTensor_KeepsWhatItsColumnsLack()
    {
        ErrorFeedback feedback = Create(TensorEncoding.TopKInt8, 2048);
        feedback.Encode(Frames.With(new DenseTensor("a", [2, 2], new float[] { 9, 1, 2, 9 })));

        byte[] bytes = feedback.Encode(Frames.With(new DenseTensor("a", [2, 3], new float[6])));

        Assert.Equal([0, 1, 0, 2, 0, 0], Read(bytes).Select(value => MathF.Round(value, 1)));
    }

    [Fact]
    public void Encode_Refused_ChangesNothing()
    {
        ErrorFeedback feedback = Create(TensorEncoding.Int4, 0);
        feedback.Encode(Frames.With(Matrix(Update(new Random(65)))));
        float[] before = Rest(feedback);
        float[] broken = new float[Rows * Columns];
        broken[7] = float.NaN;

        Assert.Throws<FrameException>(() => feedback.Encode(Frames.With(Matrix(broken))));

        Assert.Equal(before, Rest(feedback));
    }

    /// <summary>Of diag(3, 2, 1) the best matrix of rank one is diag(3, 0, 0).</summary>
    [Fact]
    public void Encode_LowRank_WarmStartFindsTheBestDirections()
    {
        float[] directions = PowerIteration.Start(1, 3);
        float[] matrix = [3, 0, 0, 0, 2, 0, 0, 0, 1];
        float[] left = [];
        for (int step = 0; step < 40; step++)
        {
            left = PowerIteration.Step(matrix, 3, 3, directions);
        }

        float[] product = [.. Enumerable.Range(0, 9).Select(i => left[i / 3] * directions[i % 3])];
        Assert.All(product.Zip(new float[] { 3, 0, 0, 0, 0, 0, 0, 0, 0 }), pair => Assert.Equal(pair.Second, pair.First, 1e-4f));
    }

    [Fact]
    public void Encode_LowRank_ZerosBeforeDoNotStopIt()
    {
        ErrorFeedback feedback = Create(TensorEncoding.LowRankFloat32, 1);
        feedback.Encode(Frames.With(Matrix(new float[Rows * Columns])));
        float[] values = [.. Enumerable.Range(0, Rows * Columns).Select(i => (float)((i / Columns) + 1) / ((i % Columns) + 1))];

        float[] read = Read(feedback.Encode(Frames.With(Matrix(values))));

        Assert.All(values.Zip(read), pair => Assert.Equal(pair.First, pair.Second, 1e-3f));
    }

    private static ErrorFeedback Create(TensorEncoding encoding, int kept) =>
        new(new AdaptivePolicy([new EncodingRule(encoding, kept)]));

    private static DenseTensor Matrix(float[] values) => new("w", [Rows, Columns], values);

    private static float[] Update(Random random) =>
        [.. Enumerable.Range(0, Rows * Columns).Select(_ => (float)Math.Pow((2 * random.NextDouble()) - 1, 5))];

    private static float[] Read(byte[] bytes) =>
        ((DenseTensor)FrameCodec.Decode(bytes, FrameLimits.Default).Tensors[0]).Values.ToArray();

    private static float[] Rest(ErrorFeedback feedback)
    {
        TensorSet state = [];
        feedback.Save(state, "rest");
        return state.Get<DenseTensor>("rest/0").Values.ToArray();
    }

    private static void Add(double[] sums, float[] values)
    {
        for (int i = 0; i < sums.Length; i++)
        {
            sums[i] += values[i];
        }
    }

    private static double Norm(IEnumerable<double> values) => Math.Sqrt(values.Sum(value => value * value));
}
