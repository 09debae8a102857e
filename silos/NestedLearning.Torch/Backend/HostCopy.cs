using System.Runtime.InteropServices;
using TorchSharp;

namespace NestedLearning.Torch;

/// <summary>Copies between spans and dense tensors on the processor, in parts that a span of bytes can hold.</summary>
internal static class HostCopy
{
    private const int LargestPart = 1 << 28;

    /// <summary>Copies all values to the tensor, which has their number.</summary>
    public static void Write(ReadOnlySpan<float> values, torch.Tensor target, int part = LargestPart)
    {
        if (values.Length <= part)
        {
            values.CopyTo(Elements<float>(target));
            return;
        }

        using torch.Tensor flat = target.view(-1);
        for (int start = 0; start < values.Length; start += part)
        {
            int length = Math.Min(part, values.Length - start);
            using torch.Tensor piece = flat.narrow(0, start, length);
            values.Slice(start, length).CopyTo(Elements<float>(piece));
        }
    }

    /// <summary>Copies all elements of the tensor.</summary>
    public static void Read(torch.Tensor source, Span<float> values, int part = LargestPart)
    {
        if (values.Length <= part)
        {
            Elements<float>(source).CopyTo(values);
            return;
        }

        using torch.Tensor flat = source.view(-1);
        for (int start = 0; start < values.Length; start += part)
        {
            int length = Math.Min(part, values.Length - start);
            using torch.Tensor piece = flat.narrow(0, start, length);
            Elements<float>(piece).CopyTo(values[start..]);
        }
    }

    /// <summary>Copies indices to a tensor of 64-bit integers.</summary>
    public static void Write(ReadOnlySpan<int> indices, torch.Tensor target)
    {
        Span<long> elements = Elements<long>(target);
        for (int i = 0; i < indices.Length; i++)
        {
            elements[i] = indices[i];
        }
    }

    private static Span<T> Elements<T>(torch.Tensor tensor)
        where T : unmanaged => MemoryMarshal.Cast<byte, T>(tensor.bytes);
}
