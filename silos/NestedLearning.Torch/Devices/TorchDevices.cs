using TorchSharp;

namespace NestedLearning.Torch;

/// <summary>The devices that libtorch can use here. The native libraries have to load; see <see cref="TorchRuntime"/>.</summary>
public static class TorchDevices
{
    private static readonly Lazy<int> CudaCount = new(() => torch.cuda.is_available() ? torch.cuda.device_count() : 0);

    /// <summary>All devices, the processor first.</summary>
    /// <exception cref="TorchUnavailableException">The native libraries do not load.</exception>
    public static IReadOnlyList<TorchDevice> All
    {
        get
        {
            TorchRuntime.Require();
            return [TorchDevice.Cpu, .. Enumerable.Range(0, CudaCount.Value).Select(TorchDevice.Cuda)];
        }
    }

    /// <summary>Why there is no CUDA device, in a line; null if there is one.</summary>
    /// <exception cref="TorchUnavailableException">The native libraries do not load.</exception>
    public static string? CudaProblem
    {
        get
        {
            TorchRuntime.Require();
            return CudaCount.Value > 0 ? null : CudaDriver.Problem
                ?? "the driver knows a GPU, but this libtorch is built without CUDA; build with -p:TorchDevice=cuda.";
        }
    }

    /// <summary>The device with its name and memory where the driver tells them.</summary>
    public static string Describe(TorchDevice device) => device.Kind == TorchDeviceKind.Cuda
        ? string.Join(" ", new[] { device.ToString(), CudaDriver.Describe(device.Index) }.OfType<string>())
        : device.ToString();

    /// <summary>Refuses a device that is not here.</summary>
    internal static void Require(TorchDevice device)
    {
        if (!All.Contains(device))
        {
            throw new TorchDeviceException(device, CudaProblem ?? $"there are {string.Join(", ", All)}.");
        }
    }
}
