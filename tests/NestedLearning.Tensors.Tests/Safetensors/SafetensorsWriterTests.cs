using System.Text;
using System.Text.Json;

namespace NestedLearning.Tensors.Tests.Safetensors;

public class SafetensorsWriterTests
{
    [Fact]
    public void Write_Tensors_HasTheBytesOfTheFormat()
    {
        using MemoryStream file = new();
        SafetensorsWriter.Write(file, [new DenseTensor("w", [1, 2], new float[] { 1, -2 }), new DenseTensor("b", [], new float[] { 0.5f })], new Dictionary<string, string> { ["step"] = "3" });

        const string json = """{"__metadata__":{"step":"3"},"w":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[],"data_offsets":[8,12]}}""";
        string padded = json.PadRight((json.Length + 7) / 8 * 8);
        byte[] expected = [(byte)padded.Length, 0, 0, 0, 0, 0, 0, 0, .. Encoding.UTF8.GetBytes(padded), .. Convert.FromHexString("0000803F000000C00000003F")];
        Assert.Equal(expected, file.ToArray());
    }

    [Fact]
    public void Write_ThenRead_GivesTheSame()
    {
        Random random = new(3);
        float[] values = [.. Enumerable.Range(0, 70_001).Select(_ => BitConverter.UInt32BitsToSingle((uint)random.NextInt64(1L << 32)))];
        using MemoryStream file = new();
        SafetensorsWriter.Write(file, [new DenseTensor("empty", [0], default), new DenseTensor("many", [70_001], values)], new Dictionary<string, string> { ["é\"\n"] = "ü\u0001" });

        SafetensorsReader reader = new(file);
        Assert.Equal("ü\u0001", reader.Metadata["é\"\n"]);
        Assert.Equal(values.Select(BitConverter.SingleToInt32Bits), reader.Read(reader.Find("many")!).Select(BitConverter.SingleToInt32Bits));
    }

    [Fact]
    public void Write_TensorsOfEveryKind_BecomeArraysAndMetadata()
    {
        using MemoryStream file = new();
        TensorSet tensors =
        [
            new DoubleTensor("sums", [1, 2], new double[] { 1, -0.5 }),
            new IntegerTensor("counts", new long[] { 7, long.MinValue }),
            new BytesTensor("bytes", new byte[] { 1, 2, 255 }),
            new SymmetricTensor("gram", 2, new float[] { 1, 2, 3 }),
            new LowRankTensor("product", [2, 3], 1, new float[] { 1, 2 }, new float[] { 3, 4, 5 }),
            new SparseTensor("keys", new SparseRows(9, [0, 2, 2], [3, 8], [0.5f, 2])),
            new TextTensor("labels", ["a\"b", "c"]),
        ];
        SafetensorsWriter.Write(file, tensors, new Dictionary<string, string> { ["step"] = "3" });

        SafetensorsReader reader = new(file);
        Assert.Equal(
            [
                "sums F64 [1, 2]", "counts I64 [2]", "bytes U8 [3]", "gram F32 [3]", "product/left F32 [2, 1]", "product/right F32 [1, 3]",
                "keys/starts I64 [3]", "keys/columns I64 [2]", "keys/values F32 [2]",
            ],
            reader.Tensors.Select(tensor => tensor.ToString()));
        Assert.Equal([1, -0.5f], reader.Read(reader.Find("sums")!));
        Assert.Equal([0.5f, 2], reader.Read(reader.Find("keys/values")!));
        Assert.Equal(("3", "[2,9]"), (reader.Metadata["step"], reader.Metadata["shape/keys"]));
        Assert.Equal(["a\"b", "c"], JsonSerializer.Deserialize<string[]>(reader.Metadata["texts/labels"])!);

        byte[] bytes = file.ToArray();
        int data = 8 + BitConverter.ToInt32(bytes);
        Assert.Equal(Convert.FromHexString("07000000000000000000000000000080" + "0102FF"), bytes[(data + 16)..(data + 35)]);
    }

    [Fact]
    public void Write_BadTensors_SaysWhatIsWrong()
    {
        DenseTensor one = new("one", [1], new float[1]);
        Assert.Contains("'one' once more", Refused(one, one), StringComparison.Ordinal);
        Assert.Contains("'__metadata__' once more", Refused(one with { Name = "__metadata__" }), StringComparison.Ordinal);
        Assert.Contains("the values of 'one' is 1, accepted: 2", Refused(one with { Shape = [2] }), StringComparison.Ordinal);
    }

    private static string Refused(params DenseTensor[] tensors) =>
        Assert.Throws<SafetensorsException>(() => SafetensorsWriter.Write(new MemoryStream(), tensors, new Dictionary<string, string>())).Message;
}
