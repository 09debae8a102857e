using System.Runtime.InteropServices;
using TorchSharp;

namespace NestedLearning.Torch;

/// <summary>Copies between spans and dense tensors on the processor, in parts that a span of bytes can hold.</summary>
internal static class HostCopy
{
    private const int Part = 1 << 28;

    /// <summary>Copies all values to the tensor, which has their number.</summary>
    public static void Write(ReadOnlySpan<float> values, torch.Tensor target)
    {
        if (values.Length <= Part)
        {
            values.CopyTo(Values(target));
            return;
        }

        using torch.Tensor flat = target.view(-1);
        for (int start = 0; start < values.Length; start += Part)
        {
            int length = Math.Min(Part, values.Length - start);
            using torch.Tensor part = flat.narrow(0, start, length);
            values.Slice(start, length).CopyTo(Values(part));
        }
    }

    /// <summary>Copies all elements of the tensor.</summary>
    public static void Read(torch.Tensor source, Span<float> values)
    {
        if (values.Length <= Part)
        {
            Values(source).CopyTo(values);
            return;
        }

        using torch.Tensor flat = source.view(-1);
        for (int start = 0; start < values.Length; start += Part)
        {
            int length = Math.Min(Part, values.Length - start);
            using torch.Tensor part = flat.narrow(0, start, length);
            Values(part).CopyTo(values[start..]);
        }
    }

    /// <summary>A tensor of indices on a device.</summary>
    public static torch.Tensor Indices(ReadOnlySpan<int> values, torch.Device device)
    {
        torch.Tensor host = torch.empty([values.Length], torch.int64, torch.CPU);
        Span<long> target = MemoryMarshal.Cast<byte, long>(host.bytes);
        for (int i = 0; i < values.Length; i++)
        {
            target[i] = values[i];
        }

        return device.type == DeviceType.CPU ? host : host.to(device, disposeAfter: true);
    }

    private static Span<float> Values(torch.Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.bytes);
}
