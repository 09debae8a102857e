using System.Runtime.InteropServices;

namespace NestedLearning.Torch;

/// <summary>What the NVIDIA driver says of its devices, which TorchSharp does not tell.</summary>
internal static class CudaDriver
{
    private static readonly Lazy<nint> Library = new(Load);

    /// <summary>Why CUDA has no device, as far as the driver knows, in a line; null if it has one.</summary>
    public static string? Problem
    {
        get
        {
            if (Library.Value == 0)
            {
                return $"no NVIDIA driver is installed ({FileName} is not found).";
            }

            return Initialize() is var error and not 0 ? $"the NVIDIA driver does not start (error {error})."
                : Count() == 0 ? "the NVIDIA driver finds no GPU."
                : null;
        }
    }

    private static string FileName => OperatingSystem.IsWindows() ? "nvcuda.dll" : "libcuda.so.1";

    /// <summary>Name and memory of a device, for example "NVIDIA H100 80GB HBM3, 79.1 GiB"; null where the driver does not tell.</summary>
    public static unsafe string? Describe(int index)
    {
        if (Library.Value == 0 || Initialize() != 0)
        {
            return null;
        }

        int device = 0;
        nuint bytes = 0;
        byte* name = stackalloc byte[256];
        bool told = Function("cuDeviceGet") is var get and not 0 && ((delegate* unmanaged<int*, int, int>)get)(&device, index) == 0
            && Function("cuDeviceGetName") is var getName and not 0 && ((delegate* unmanaged<byte*, int, int, int>)getName)(name, 256, device) == 0
            && Function("cuDeviceTotalMem_v2") is var getMemory and not 0 && ((delegate* unmanaged<nuint*, int, int>)getMemory)(&bytes, device) == 0;
        return told ? $"{Marshal.PtrToStringUTF8((nint)name)}, {(double)bytes / (1L << 30):F1} GiB" : null;
    }

    private static unsafe int Initialize() =>
        Function("cuInit") is var initialize and not 0 ? ((delegate* unmanaged<uint, int>)initialize)(0) : -1;

    private static unsafe int Count()
    {
        int count = 0;
        return Function("cuDeviceGetCount") is var get and not 0 && ((delegate* unmanaged<int*, int>)get)(&count) == 0 ? count : 0;
    }

    private static nint Load() => NativeLibrary.TryLoad(FileName, out nint library) ? library : 0;

    private static nint Function(string name) => NativeLibrary.TryGetExport(Library.Value, name, out nint function) ? function : 0;
}
