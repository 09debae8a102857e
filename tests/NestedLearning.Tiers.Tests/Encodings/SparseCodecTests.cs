using NestedLearning.Tensors;

namespace NestedLearning.Tiers.Tests;

public class SparseCodecTests
{
    [Fact]
    public void Size_500KeysOf119NonZerosInInt8_TakesAbout250BytesEach()
    {
        SparseRows keys = Keys(new Random(31), events: 500);
        Frame frame = Frames.With(new SparseTensor("keys", keys), new IntegerTensor("targets", new long[500]));
        EncodingPolicy policy = new() { Sparse = FloatEncoding.Int8 };

        Assert.InRange(FrameCodec.Size(frame, policy), 500 * 240, 500 * 260);
    }

    [Fact]
    public void Encode_Int8Rows_KeepEachRowsLargestMagnitude()
    {
        SparseRows keys = Frames.RandomRows(new Random(32), rows: 200, columns: 4096, most: 130);
        byte[] bytes = FrameCodec.Encode(
            Frames.With(new SparseTensor("keys", keys)), new EncodingPolicy { Sparse = FloatEncoding.Int8 });

        SparseRows back = FrameCodec.Decode(bytes, FrameLimits.Default).Tensors.Get<SparseTensor>("keys").Rows;

        Assert.Equal(keys.Indices, back.Indices);
        for (int row = 0; row < keys.Rows; row++)
        {
            Assert.Equal(Peak(keys[row]), Peak(back[row]));
        }
    }

    [Theory]
    [InlineData("0100" + "0000803f", null)] // one entry at column 0
    [InlineData("0107" + "0000803f", null)] // at the last of 8 columns
    [InlineData("0108" + "0000803f", FrameProblem.BadValue)] // past it
    [InlineData("01ffffffffffffffffff01" + "0000803f", FrameProblem.BadValue)] // far past it
    [InlineData("018000" + "0000803f", FrameProblem.BadVarint)] // column 0 in two bytes
    [InlineData("02000000803f", FrameProblem.BadValue)] // two entries in a row where the shape says one in all
    [InlineData("000000000000", FrameProblem.TrailingBytes)] // none
    [InlineData("01000000803f00", FrameProblem.TrailingBytes)] // a byte too many
    [InlineData("01000000807f", FrameProblem.NotFinite)] // infinity
    [InlineData("0100000080", FrameProblem.TooLarge)] // shorter than any row with an entry
    [InlineData("018180000080", FrameProblem.BadVarint)] // an integer of zeros without end
    public void Decode_OneRowByHand_NamesTheProblem(string payload, FrameProblem? problem)
    {
        byte[] bytes = Convert.FromHexString(payload);
        TensorEntry entry = new("keys", TensorEncoding.SparseFloat32, [1, 8, 1], 0, bytes.Length);
        SparseCodec codec = new(new Float32Coder());

        FrameException? error = FrameAssert.Refusal(() => codec.Decode(entry, bytes, FrameLimits.Default));

        Assert.Equal(problem, error?.Problem);
    }

    [Theory]
    [InlineData(1, 65_537, 0, FrameProblem.BadShape)]
    [InlineData(1 << 28, 8, 0, FrameProblem.TooLarge)]
    [InlineData(1, 8, 1 << 28, FrameProblem.TooLarge)]
    public void Decode_ShapeThatClaimsTooMuch_IsRefused(int rows, int columns, int entries, FrameProblem problem)
    {
        TensorEntry entry = new("keys", TensorEncoding.SparseInt8, [rows, columns, entries], 0, 1);

        FrameException error = Assert.Throws<FrameException>(
            () => new SparseCodec(new Int8Coder()).Decode(entry, new byte[1], FrameLimits.Default));

        Assert.Equal((problem, "keys"), (error.Problem, error.Field));
    }

    private static SparseRows Keys(Random random, int events)
    {
        int[] columns = [.. Enumerable.Range(0, 4096)];
        List<SparseVector> rows = [];
        for (int i = 0; i < events; i++)
        {
            random.Shuffle(columns);
            ushort[] positions = [.. columns[..119].Order().Select(column => (ushort)column)];
            rows.Add(new SparseVector(positions, Frames.RandomFloats(random, positions.Length)));
        }

        return SparseRows.Stack(4096, rows);
    }

    private static float Peak(SparseVector row) => row.Values.ToArray().Select(Math.Abs).DefaultIfEmpty().Max();
}
