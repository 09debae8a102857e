using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace NestedLearning.Torch;

/// <summary>A device of this machine, written <c>cpu</c> or <c>cuda:0</c>.</summary>
public readonly record struct TorchDevice
{
    private TorchDevice(TorchDeviceKind kind, int index)
    {
        Kind = kind;
        Index = index;
    }

    /// <summary>The processor.</summary>
    public static TorchDevice Cpu { get; } = new(TorchDeviceKind.Cpu, 0);

    /// <summary>What it is.</summary>
    public TorchDeviceKind Kind { get; }

    /// <summary>Which of the machine's CUDA devices it is, from 0; 0 for the processor.</summary>
    public int Index { get; }

    /// <summary>A CUDA device.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="index"/> is negative.</exception>
    public static TorchDevice Cuda(int index = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        return new TorchDevice(TorchDeviceKind.Cuda, index);
    }

    /// <summary>Reads <c>cpu</c>, <c>cuda</c> for the first CUDA device, or <c>cuda:1</c>.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out TorchDevice device)
    {
        const string Cuda = "cuda";
        device = Cpu;
        if (text is "cpu")
        {
            return true;
        }

        string index = text is Cuda ? "0" : text?.StartsWith(Cuda + ":", StringComparison.Ordinal) == true ? text[(Cuda.Length + 1)..] : "";
        bool parsed = int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out int number);
        device = parsed ? TorchDevice.Cuda(number) : Cpu;
        return parsed;
    }

    /// <summary>The device as it is written.</summary>
    public override string ToString() => Kind == TorchDeviceKind.Cuda ? $"cuda:{Index}" : "cpu";
}
