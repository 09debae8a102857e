using NestedLearning.Models;
using NestedLearning.Tensors;

namespace NestedLearning.Tiers.Tests;

/// <summary>Frames for tests: small fixed ones, and random ones from a seed.</summary>
internal static class Frames
{
    public static FrameHeader UpdateHeader { get; } = new(FrameKind.Update, new ModelId("clinc150"))
    {
        Level = new LevelId("slow"),
        Shard = 2,
        Source = new SourceId("worker-3"),
        Sequence = 41,
        BaseVersion = 7,
        Events = 500,
        UpdateKind = UpdateKind.Statistics,
    };

    public static Frame With(params NamedTensor[] tensors)
    {
        TensorSet set = new();
        foreach (NamedTensor tensor in tensors)
        {
            set.Add(tensor);
        }

        return new Frame(UpdateHeader, set);
    }

    /// <summary>A frame of a few random tensors of every kind; about one in four is empty.</summary>
    public static Frame Random(Random random)
    {
        TensorSet set = new();
        int count = random.Next(6);
        for (int i = 0; i < count; i++)
        {
            set.Add(RandomTensor(random, $"t/{i}"));
        }

        FrameKind kind = (FrameKind)random.Next(1, 5);
        FrameHeader header = new(kind, new ModelId($"m{random.Next(100)}"))
        {
            Level = kind == FrameKind.Snapshot && random.Next(2) == 0 ? null : new LevelId("slow"),
            Source = kind == FrameKind.Update ? new SourceId(new string('s', random.Next(1, 129))) : null,
            Shard = random.Next(),
            Sequence = random.NextInt64(),
            BaseVersion = random.NextInt64(),
            Events = random.NextInt64(),
            UpdateKind = (UpdateKind)random.Next(3),
        };
        return new Frame(header, set);
    }

    public static IEncodingPolicy RandomPolicy(Random random) =>
        new EncodingPolicy { Dense = (FloatEncoding)random.Next(4), Sparse = (FloatEncoding)random.Next(4) };

    public static NamedTensor RandomTensor(Random random, string name)
    {
        int count = random.Next(4) == 0 ? 0 : random.Next(1, 300);
        return random.Next(6) switch
        {
            0 => new DenseTensor(name, [2, count], RandomFloats(random, 2 * count)),
            1 => new DoubleTensor(name, [count], RandomDoubles(random, count)),
            2 => new SparseTensor(name, RandomRows(random, rows: count / 20, columns: random.Next(1, 65_537), most: 60)),
            3 => new IntegerTensor(name, RandomIntegers(random, count)),
            4 => new BytesTensor(name, RandomBytes(random, count)),
            _ => new TextTensor(name, [.. Enumerable.Range(0, count / 10).Select(_ => RandomText(random))]),
        };
    }

    /// <summary>Finite floats of every magnitude, with zeros of both signs and the extremes among them.</summary>
    public static float[] RandomFloats(Random random, int count)
    {
        float[] special = [0f, -0f, float.MaxValue, float.MinValue, float.Epsilon, -float.Epsilon, 1f, -1f];
        float scale = MathF.ScaleB(1, random.Next(-140, 120));
        bool hasSpecial = random.Next(4) == 0;
        float[] values = new float[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = hasSpecial && random.Next(20) == 0
                ? special[random.Next(special.Length)]
                : scale * ((2 * random.NextSingle()) - 1);
        }

        return values;
    }

    /// <summary>Rows of up to <paramref name="most"/> random positions each; some rows are empty.</summary>
    public static SparseRows RandomRows(Random random, int rows, int columns, int most)
    {
        List<SparseVector> vectors = [];
        for (int row = 0; row < rows; row++)
        {
            int count = random.Next(Math.Min(columns, most) + 1);
            SortedSet<ushort> positions = [];
            while (positions.Count < count)
            {
                positions.Add((ushort)random.Next(columns));
            }

            vectors.Add(new SparseVector(positions.ToArray(), RandomFloats(random, count)));
        }

        return SparseRows.Stack(columns, vectors);
    }

    private static double[] RandomDoubles(Random random, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => (random.NextDouble() - 0.5) * Math.ScaleB(1, random.Next(-1000, 1000)))];

    private static long[] RandomIntegers(Random random, int count)
    {
        int bits = random.Next(1, 65);
        return [.. Enumerable.Range(0, count).Select(_ => random.NextInt64(long.MinValue, long.MaxValue) >> (64 - bits))];
    }

    private static byte[] RandomBytes(Random random, int count)
    {
        byte[] bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }

    private static string RandomText(Random random)
    {
        string[] parts = ["", "balance", "größe", "余额", "🙂", "\0", "\n"];
        return string.Concat(Enumerable.Range(0, random.Next(4)).Select(_ => parts[random.Next(parts.Length)]));
    }
}
