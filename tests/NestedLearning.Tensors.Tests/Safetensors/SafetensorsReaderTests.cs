using System.Buffers.Binary;
using System.Text;

namespace NestedLearning.Tensors.Tests.Safetensors;

public class SafetensorsReaderTests
{
    [Theory]
    [InlineData("F64", "000000000000F8BF 0000000000000040", -1.5f, 2f)]
    [InlineData("F32", "0000C0BF 00000040", -1.5f, 2f)]
    [InlineData("F16", "00BE 0040", -1.5f, 2f)]
    [InlineData("BF16", "C0BF 0040", -1.5f, 2f)]
    public void Read_FloatingPoint_GivesItsValues(string type, string values, float first, float second)
    {
        byte[] data = Convert.FromHexString(values.Replace(" ", "", StringComparison.Ordinal));
        SafetensorsReader reader = Open($$$"""{"a.b_C":{"dtype":"{{{type}}}","shape":[1,2],"data_offsets":[0,{{{data.Length}}}]},"__metadata__":{"x":"y"}}   """, data);

        SafetensorsEntry tensor = Assert.Single(reader.Tensors);
        Assert.Equal("a.b_C", tensor.Name);
        Assert.Equal([1, 2], tensor.Shape);
        Assert.Equal([first, second], reader.Read(tensor));
        Assert.Equal("y", reader.Metadata["x"]);
        Assert.Same(tensor, reader.Find("a.b_C"));
        Assert.Null(reader.Find("a"));
    }

    [Fact]
    public void ReadDoubles_Float64_LosesNoBit()
    {
        double[] values = [Math.PI, -double.Epsilon, 1e300, double.NaN, double.NegativeInfinity, 0.1];
        using MemoryStream file = new();
        TensorSet tensors = [new DoubleTensor("d", [2, 3], values), new DenseTensor("f", [1], new float[] { 0.1f })];
        SafetensorsWriter.Write(file, tensors, new Dictionary<string, string>());

        SafetensorsReader reader = new(file);

        Assert.Equal(values, reader.ReadDoubles(reader.Find("d")!));
        Assert.Equal([0.1f], reader.ReadDoubles(reader.Find("f")!).Select(value => (float)value));
        Assert.Equal((float)Math.PI, reader.Read(reader.Find("d")!)[0]);
    }

    [Fact]
    public void Read_ManyTensorsInAnyOrder_FindsEach()
    {
        byte[] data = new byte[12];
        BinaryPrimitives.WriteSingleLittleEndian(data, 1);
        BinaryPrimitives.WriteSingleLittleEndian(data.AsSpan(4), 2);
        SafetensorsReader reader = Open("""{"second":{"dtype":"F32","shape":[],"data_offsets":[4,8]},"none":{"dtype":"F32","shape":[0,3],"data_offsets":[8,8]},"whole":{"dtype":"I32","shape":[1],"data_offsets":[8,12]},"first":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", data);

        Assert.Equal(["first", "second", "none", "whole"], reader.Tensors.Select(tensor => tensor.Name));
        Assert.Equal([1f], reader.Read(reader.Find("first")!));
        Assert.Equal([2f], reader.Read(reader.Find("second")!));
        Assert.Empty(reader.Read(reader.Find("none")!));
        SafetensorsException error = Assert.Throws<SafetensorsException>(() => reader.Read(reader.Find("whole")!));
        Assert.Equal(("the type of 'whole'", "I32", "F64, F32, F16, BF16"), (error.Subject, error.Value, error.Accepted));
    }

    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", 4, "the bytes of 'a' is 4, accepted: 8")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "the begin of 'a' is 4, accepted: 0")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""", 12, "the begin of 'b' is 4, accepted: 8")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 8, "the end of the last tensor is 4, accepted: 8")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 4, "the end of the last tensor is 8, accepted: 4")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}""", 4, "the offsets of 'a' is [4, 0]")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0]}}""", 4, "the offsets of 'a' is [0]")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}""", 4, "a size of 'a' is -1")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1.5],"data_offsets":[0,4]}}""", 4, "the shape of 'a' is 1.5")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2000000000,2000000000,2000000000],"data_offsets":[0,4]}}""", 4, "the shape of 'a' is [2000000000,")]
    [InlineData("""{"a":{"dtype":"F33","shape":[1],"data_offsets":[0,4]}}""", 4, "the type of 'a' is 'F33', accepted: F64, F32")]
    [InlineData("""{"a":{"shape":[1],"data_offsets":[0,4]}}""", 4, "dtype of 'a' is missing")]
    [InlineData("""{"a":[]}""", 0, "'a' is [], accepted: an object")]
    [InlineData("""{"__metadata__":{"a":1}}""", 0, "__metadata__.a is 1, accepted: a text")]
    [InlineData("""{"a":{"dtype":"F32","shape":[0],"data_offsets":[0,0]},"a":{"dtype":"F32","shape":[0],"data_offsets":[0,0]}}""", 0, "the header is no JSON")]
    [InlineData("""{"\ud800":{"dtype":"F32","shape":[0],"data_offsets":[0,0]}}""", 0, "the header is no JSON")]
    [InlineData("""{"a":""", 0, "the header is no JSON")]
    [InlineData(""" {}""", 0, "the first byte of the header is 0x20")]
    public void Open_BadHeader_SaysWhatIsWrong(string header, int dataBytes, string expected) =>
        Assert.Contains(expected, Assert.Throws<SafetensorsException>(() => Open(header, new byte[dataBytes])).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(4, 0UL, "the file is 4 bytes long, accepted: at least 8")]
    [InlineData(8, 1UL, "the length of the header is 1, accepted: up to 0")]
    [InlineData(8, ulong.MaxValue, "the length of the header is 18446744073709551615, accepted: up to 0")]
    [InlineData(8, 0UL, "the first byte of the header is missing")]
    public void Open_BadLength_SaysWhatIsWrong(int bytes, ulong length, string expected)
    {
        byte[] file = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(file, length);
        Assert.Contains(expected, Assert.Throws<SafetensorsException>(() => new SafetensorsReader(new MemoryStream(file, 0, bytes))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_AnyByteOfAFileChanged_ReadsOrRefusesButNeverFails()
    {
        MemoryStream written = new();
        SafetensorsWriter.Write(written, [new DenseTensor("a", [2, 3], new float[6]), new DenseTensor("b", [4], new float[4])], new Dictionary<string, string> { ["k"] = "v" });
        Random random = new(5);
        for (int attempt = 0; attempt < 3000; attempt++)
        {
            byte[] bytes = written.ToArray();
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            using MemoryStream file = new(bytes, 0, random.Next(4) == 0 ? random.Next(bytes.Length + 1) : bytes.Length);
            try
            {
                SafetensorsReader reader = new(file);
                Assert.All(reader.Tensors.Where(tensor => tensor.Type.CanBeRead), tensor => Assert.Equal(tensor.ElementCount, reader.Read(tensor).Length));
            }
            catch (SafetensorsException error)
            {
                Assert.NotEmpty(error.Accepted);
            }
        }
    }

    private static SafetensorsReader Open(string header, byte[] data)
    {
        byte[] json = Encoding.UTF8.GetBytes(header);
        byte[] length = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)json.Length);
        return new SafetensorsReader(new MemoryStream([.. length, .. json, .. data]));
    }
}
