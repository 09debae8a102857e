using NestedLearning.Models;
using NestedLearning.Tensors;

namespace NestedLearning.Tiers.Tests;

/// <summary>The bytes were laid out by a separate Python script from docs/protocol.md, with its own CRC-32C.</summary>
public class FrameGoldenTests
{
    private const string Golden =
        """
        4e4c465201000102090200000000000029000000000000000700000000000000
        f4010000000000000200000006000000016d04736c6f7703772d31076d2f6465
        6e73651202020000000200000000010000000000000800000000000000046b65
        7973320303000000001000000300000040010000000000001300000000000000
        03696473400103000000800100000000000004000000000000000373756d2000
        c0010000000000000800000000000000066c6162656c73600102000000000200
        0000000000050000000000000003726177500100000000000000000000000000
        0000000000000000000000000000000000000000000000000000000000000000
        0000803f7fc02000000000000000000000000000000000000000000000000000
        0000000000000000000000000000000000000000000000000000000000000000
        0203c701000000407fc00001ff1f0000003f7f00000000000000000000000000
        0000000000000000000000000000000000000000000000000000000000000000
        0a03d20400000000000000000000000000000000000000000000000000000000
        0000000000000000000000000000000000000000000000000000000000000000
        9a9999999999b93f000000000000000000000000000000000000000000000000
        0000000000000000000000000000000000000000000000000000000000000000
        016102c3a97e2e98a4
        """;

    private static readonly byte[] Bytes = Convert.FromHexString(Golden.ReplaceLineEndings(""));

    [Fact]
    public void Encode_SmallFrame_GivesTheGoldenBytes()
    {
        SparseRows keys = new(4096, [0, 2, 2, 3], [3, 203, 4095], [2f, -1f, 0.5f]);
        byte[] bytes = Encode(
            new DenseTensor("m/dense", [2, 2], new[] { 1f, -0.5f, 0.25f, 0f }),
            new SparseTensor("keys", keys),
            new IntegerTensor("ids", new long[] { 5, 3, 300 }),
            new DoubleTensor("sum", [], new[] { 0.1 }),
            new TextTensor("labels", ["a", "é"]),
            new BytesTensor("raw", ReadOnlyMemory<byte>.Empty));

        Assert.Equal(Convert.ToHexStringLower(Bytes), Convert.ToHexStringLower(bytes));
    }

    [Fact]
    public void Decode_GoldenBytes_GivesHeaderAndValues()
    {
        Frame frame = FrameCodec.Decode(Bytes, FrameLimits.Default);

        Assert.Equal(Header(), frame.Header);
        Assert.Equal([1f, -64 / 127f, 32 / 127f, 0f], frame.Tensors.Get<DenseTensor>("m/dense").Values.ToArray());
        Assert.Equal([2f, -128 / 127f, 0.5f], frame.Tensors.Get<SparseTensor>("keys").Rows.Values);
        Assert.Equal([3, 203, 4095], frame.Tensors.Get<SparseTensor>("keys").Rows.Indices);
        Assert.Equal([5L, 3, 300], frame.Tensors.Get<IntegerTensor>("ids").Values.ToArray());
        Assert.Equal([0.1], frame.Tensors.Get<DoubleTensor>("sum").Values.ToArray());
        Assert.Equal(["a", "é"], frame.Tensors.Get<TextTensor>("labels").Texts);
    }

    [Theory]
    [InlineData("", 0x00000000)]
    [InlineData("123456789", 0xE3069283)]
    [InlineData("The quick brown fox jumps over the lazy dog", 0x22620404)]
    public void Crc32C_PublishedCheckValues_Match(string text, uint expected) =>
        Assert.Equal(expected, Crc32C.Compute(System.Text.Encoding.ASCII.GetBytes(text)));

    private static FrameHeader Header() => new(FrameKind.Update, new ModelId("m"))
    {
        Level = new LevelId("slow"),
        Shard = 2,
        Source = new SourceId("w-1"),
        Sequence = 41,
        BaseVersion = 7,
        Events = 500,
        UpdateKind = UpdateKind.Statistics,
    };

    private static byte[] Encode(params NamedTensor[] tensors) => FrameCodec.Encode(
        Frames.With(tensors) with { Header = Header() },
        new EncodingPolicy { Dense = FloatEncoding.Int8, Sparse = FloatEncoding.Int8 });
}
