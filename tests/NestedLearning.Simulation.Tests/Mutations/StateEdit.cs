using System.Text;
using System.Text.Json.Nodes;
using NestedLearning.Tensors;
using NestedLearning.Tiers;

namespace NestedLearning.Simulation.Tests.Mutations;

/// <summary>Changes states behind the back of their owners.</summary>
internal static class StateEdit
{
    private const string Marks = "marks/";
    private const string Journal = "journal";
    private const string Releases = "journal/releases";
    private const string Archives = "archives";

    /// <summary>A state with the marks of another.</summary>
    public static byte[] WithMarksOf(ReadOnlyMemory<byte> state, ReadOnlyMemory<byte> other)
    {
        TensorSet marks = FrameCodec.Decode(other, FrameLimits.Default).Tensors;
        return Change(state, tensor => IsMark(tensor) ? marks.Find(tensor.Name)! : tensor);
    }

    /// <summary>A state that knows nobody.</summary>
    public static byte[] WithoutMarks(ReadOnlyMemory<byte> state) => Change(state, tensor => tensor switch
    {
        TextTensor when IsMark(tensor) => new TextTensor(tensor.Name, []),
        IntegerTensor when IsMark(tensor) => new IntegerTensor(tensor.Name, Array.Empty<long>()),
        _ => tensor,
    });

    /// <summary>A level's state whose journal has everything twice.</summary>
    public static byte[] WithJournalTwice(ReadOnlyMemory<byte> state) => Change(state, tensor => tensor switch
    {
        BytesTensor bytes when tensor.Name == Journal =>
            new BytesTensor(tensor.Name, (byte[])[.. bytes.Bytes.Span, .. bytes.Bytes.Span]),
        IntegerTensor lengths when tensor.Name.StartsWith(Journal, StringComparison.Ordinal) =>
            new IntegerTensor(tensor.Name, (long[])[.. lengths.Values.Span, .. lengths.Values.Span]),
        _ => tensor,
    });

    /// <summary>A level's state in which everything that was ever taken in is still there.</summary>
    public static byte[] WithoutReleases(ReadOnlyMemory<byte> state) => Change(state, tensor => tensor switch
    {
        IntegerTensor releases when tensor.Name == Releases => new IntegerTensor(tensor.Name, new long[releases.Values.Length]),
        _ => tensor,
    });

    /// <summary>A level's state that knows of nothing which has to be deleted.</summary>
    public static byte[] WithoutErasing(ReadOnlyMemory<byte> state) => Change(state, tensor => tensor switch
    {
        BytesTensor archives when tensor.Name == Archives => new BytesTensor(tensor.Name, NothingToErase(archives.Bytes)),
        _ => tensor,
    });

    private static byte[] NothingToErase(ReadOnlyMemory<byte> archives)
    {
        JsonNode json = JsonNode.Parse(archives.Span)!;
        json["isErasing"] = false;
        json["discarded"] = new JsonArray();
        return Encoding.UTF8.GetBytes(json.ToJsonString());
    }

    private static bool IsMark(NamedTensor tensor) => tensor.Name.StartsWith(Marks, StringComparison.Ordinal);

    private static byte[] Change(ReadOnlyMemory<byte> state, Func<NamedTensor, NamedTensor> change)
    {
        Frame frame = FrameCodec.Decode(state, FrameLimits.Default);
        TensorSet changed = [];
        foreach (NamedTensor tensor in frame.Tensors)
        {
            changed.Add(change(tensor));
        }

        return FrameCodec.Encode(new Frame(frame.Header, changed), EncodingPolicy.Lossless);
    }
}
