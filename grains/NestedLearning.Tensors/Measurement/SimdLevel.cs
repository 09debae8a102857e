using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace NestedLearning.Tensors;

/// <summary>Which vector instructions the kernels use here.</summary>
public static class SimdLevel
{
    /// <summary>The instruction sets and the register width, for example "AVX2+FMA, 256 bit".</summary>
    public static string Description { get; } = Describe();

    private static string Describe()
    {
        if (Vector512.IsHardwareAccelerated && Avx512F.IsSupported)
        {
            return "AVX-512, 512 bit";
        }

        if (Avx2.IsSupported && Fma.IsSupported)
        {
            return "AVX2+FMA, 256 bit";
        }

        string name = AdvSimd.IsSupported ? "AdvSimd" : Sse.IsSupported ? "SSE" : "generic";
        return Vector128.IsHardwareAccelerated ? $"{name}, 128 bit" : "scalar";
    }
}
