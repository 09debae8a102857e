using System.Buffers.Binary;
using NestedLearning.Models;
using NestedLearning.Tensors;
using NestedLearning.Tiers;

namespace NestedLearning.Simulation;

/// <summary>An update as it is sent, or found in something that is stored.</summary>
/// <param name="Source">Whose it is.</param>
/// <param name="Sequence">Its number among those of its source.</param>
/// <param name="Events">The events that it brings, by their numbers in the run.</param>
internal sealed record UpdateFrame(SourceId Source, long Sequence, IReadOnlyList<int> Events)
{
    private const int LengthOffset = 8;

    /// <summary>Which one of all updates it is.</summary>
    public UpdateId Id => new(Source, Sequence);

    /// <summary>The update that some bytes are.</summary>
    public static UpdateFrame Read(ReadOnlyMemory<byte> frame) => Of(FrameCodec.Decode(frame, FrameLimits.Default));

    /// <summary>Every update anywhere in some bytes, however they are put together.</summary>
    public static IReadOnlyList<UpdateFrame> FindIn(ReadOnlyMemory<byte> bytes)
    {
        List<UpdateFrame> found = [];
        for (int next; (next = bytes.Span.IndexOf("NLFR"u8)) >= 0;)
        {
            bytes = bytes[next..];
            int length = FrameLength(bytes.Span);
            bool isUpdate = length > 0 && TryRead(bytes[..length], found);
            bytes = bytes[(isUpdate ? length : 1)..];
        }

        return found;
    }

    /// <summary>The events that keys stand for.</summary>
    public static IReadOnlyList<int> EventsOf(SparseRows keys) => [.. Enumerable.Range(0, keys.Rows).Select(row => EventCode.Number(keys[row]))];

    private static int FrameLength(ReadOnlySpan<byte> bytes)
    {
        long length = bytes.Length < LengthOffset + sizeof(long) ? 0 : BinaryPrimitives.ReadInt64LittleEndian(bytes[LengthOffset..]);
        return length <= bytes.Length ? (int)Math.Max(length, 0) : 0;
    }

    private static bool TryRead(ReadOnlyMemory<byte> bytes, List<UpdateFrame> found)
    {
        try
        {
            Frame frame = FrameCodec.Decode(bytes, FrameLimits.Default);
            if (frame.Header.Kind == FrameKind.Update)
            {
                found.Add(Of(frame));
                return true;
            }
        }
        catch (FrameException)
        {
            // The four letters stand for something else here.
        }

        return false;
    }

    /// <summary>Updates of so few events travel by their keys.</summary>
    private static UpdateFrame Of(Frame frame) => new(
        frame.Header.Source!.Value, frame.Header.Sequence, frame.Header.Events == 0 ? [] : EventsOf(frame.Tensors.Get<SparseTensor>("keys").Rows));
}

/// <summary>Names an update: no two of a run are the same.</summary>
internal readonly record struct UpdateId(SourceId Source, long Sequence)
{
    public override string ToString() => FormattableString.Invariant($"update {Sequence} of {Source}");
}
