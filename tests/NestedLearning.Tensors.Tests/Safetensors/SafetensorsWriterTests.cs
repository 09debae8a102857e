using System.Text;

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
