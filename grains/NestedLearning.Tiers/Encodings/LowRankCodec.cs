using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using NestedLearning.Tensors;

namespace NestedLearning.Tiers;

/// <summary>
/// A dense tensor as the product of two narrow matrices: the rank in two bytes, then the left factor and the right one,
/// each as a run of its own. Its reader multiplies them.
/// </summary>
/// <remarks>
/// Every element is the sum over the rank, in order, of products rounded to float32; so every machine reads the same
/// bits, whatever its registers.
/// </remarks>
internal sealed class LowRankCodec(FloatCoder coder) : TensorCodec<LowRankTensor>
{
    /// <summary>The highest rank.</summary>
    public const int MaxRank = 1024;

    private const int HeaderBytes = sizeof(ushort);

    /// <summary>What the coding of the factors adds, for factors of these peaks; what the rank leaves out is the sender's to know.</summary>
    public override ErrorBound Error => coder.Error;

    public override bool Expands => true;

    public override NamedTensor Decode(TensorEntry entry, ReadOnlySpan<byte> payload, FrameLimits limits)
    {
        int count = entry.Elements(limits);
        entry.CheckHolds(HeaderBytes);
        int rank = BinaryPrimitives.ReadUInt16LittleEndian(payload);
        (int rows, int columns) = Sides(entry.Name, entry.Shape, rank);
        entry.CheckLength(Size(rows, columns, rank));
        float[] left = GC.AllocateUninitializedArray<float>(rows * rank);
        float[] right = GC.AllocateUninitializedArray<float>(rank * columns);
        int leftSize = (int)CodedRun.Size(coder, left.Length);
        CodedRun.Decode(coder, payload.Slice(HeaderBytes, leftSize), left, entry.Name);
        CodedRun.Decode(coder, payload[(HeaderBytes + leftSize)..], right, entry.Name);
        float[] values = new float[count];
        for (int row = 0; row < rows; row++)
        {
            AddProduct(left.AsSpan(row * rank, rank), right, values.AsSpan(row * columns, columns));
        }

        Magnitude.Peak(values, entry.Name);
        return new DenseTensor(entry.Name, entry.Shape, values);
    }

    /// <summary>The rows and columns of the matrix that a shape stands for.</summary>
    /// <exception cref="FrameException">The shape is no matrix, or its rank is out of range.</exception>
    public static (int Rows, int Columns) Sides(string field, IReadOnlyList<int> shape, int rank)
    {
        int rows = shape.Count > 0 ? shape[0] : 0;
        int columns = shape.Count > 1 ? (int)ShapeRule.Elements([.. shape.Skip(1)]) : 0;
        return rank >= 1 && rank <= Math.Min(MaxRank, Math.Min(rows, columns))
            ? (rows, columns)
            : throw new FrameException(
                FrameProblem.BadShape, field, $"has the rank {rank} for the shape [{string.Join(", ", shape)}], accepted are 1 to its shorter side, {MaxRank} at most");
    }

    protected override int[] Shape(LowRankTensor tensor)
    {
        (int rows, int columns) = Sides(tensor.Name, tensor.Shape, tensor.Rank);
        return tensor.Left.Length == rows * tensor.Rank && tensor.Right.Length == columns * tensor.Rank
            ? ShapeRule.Check(tensor.Name, tensor.Shape, rows * columns)
            : throw new FrameException(
                FrameProblem.BadShape, tensor.Name, $"has factors of {tensor.Left.Length} and {tensor.Right.Length} values, accepted are {rows * tensor.Rank} and {columns * tensor.Rank}");
    }

    protected override long Size(LowRankTensor tensor)
    {
        (int rows, int columns) = Sides(tensor.Name, tensor.Shape, tensor.Rank);
        return Size(rows, columns, tensor.Rank);
    }

    protected override void Encode(LowRankTensor tensor, Span<byte> payload)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(payload, (ushort)tensor.Rank);
        int leftSize = (int)CodedRun.Size(coder, tensor.Left.Length);
        CodedRun.Encode(coder, tensor.Left.Span, payload.Slice(HeaderBytes, leftSize), tensor.Name);
        CodedRun.Encode(coder, tensor.Right.Span, payload[(HeaderBytes + leftSize)..], tensor.Name);
    }

    private static void AddProduct(ReadOnlySpan<float> left, ReadOnlySpan<float> right, Span<float> row)
    {
        Span<Vector<float>> vectors = MemoryMarshal.Cast<float, Vector<float>>(row);
        int done = vectors.Length * Vector<float>.Count;
        foreach (float share in left)
        {
            ReadOnlySpan<float> direction = right[..row.Length];
            right = right[row.Length..];
            ReadOnlySpan<Vector<float>> directions = MemoryMarshal.Cast<float, Vector<float>>(direction);
            for (int i = 0; i < vectors.Length; i++)
            {
                vectors[i] += share * directions[i];
            }

            for (int i = done; i < row.Length; i++)
            {
                row[i] += share * direction[i];
            }
        }
    }

    private long Size(long rows, long columns, int rank) =>
        HeaderBytes + CodedRun.Size(coder, rows * rank) + CodedRun.Size(coder, columns * rank);
}
