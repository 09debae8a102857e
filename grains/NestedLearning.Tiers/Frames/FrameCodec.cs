using System.Buffers;

namespace NestedLearning.Tiers;

/// <summary>Frames to bytes and back. Every method is pure and safe to call from any thread.</summary>
public static class FrameCodec
{
    /// <summary>The bytes of a frame, in an array of exactly their number.</summary>
    /// <exception cref="FrameException">A part of the frame cannot be written, for example NaN.</exception>
    public static byte[] Encode(Frame frame, IEncodingPolicy policy)
    {
        FramePlan plan = FramePlan.Make(frame, policy);
        byte[] bytes = GC.AllocateUninitializedArray<byte>((int)plan.Length);
        FrameWriter.Write(plan, bytes);
        return bytes;
    }

    /// <summary>Appends the bytes of a frame to a buffer and returns their number; on an error nothing is appended.</summary>
    /// <exception cref="FrameException">A part of the frame cannot be written, for example NaN.</exception>
    public static int Encode(Frame frame, IEncodingPolicy policy, IBufferWriter<byte> buffer)
    {
        FramePlan plan = FramePlan.Make(frame, policy);
        int length = (int)plan.Length;
        FrameWriter.Write(plan, buffer.GetSpan(length)[..length]);
        buffer.Advance(length);
        return length;
    }

    /// <summary>The number of bytes that <see cref="Encode(Frame, IEncodingPolicy)"/> would give.</summary>
    /// <exception cref="FrameException">A part of the frame cannot be written; values are not looked at.</exception>
    public static int Size(Frame frame, IEncodingPolicy policy) => (int)FramePlan.Make(frame, policy).Length;

    /// <summary>How long the frame is that begins with these bytes.</summary>
    /// <exception cref="FrameException">They are the beginning of no frame, or of one that no array can hold.</exception>
    public static int LengthOf(ReadOnlySpan<byte> beginning) => FrameReader.ReadLength(beginning);

    /// <summary>
    /// The frame in <paramref name="bytes"/>. It owns its arrays, so the bytes may be reused at once.
    /// </summary>
    /// <exception cref="FrameException">The bytes are not a whole, undamaged frame within the limits.</exception>
    public static Frame Decode(ReadOnlyMemory<byte> bytes, FrameLimits limits) => FrameReader.Read(bytes.Span, limits);
}
