using TorchSharp;

namespace NestedLearning.Torch;

/// <summary>
/// Numbers that operations need over and over. TorchSharp would make a native object of each number at each call, and leave
/// it to the garbage collector.
/// </summary>
internal static class Constants
{
    public static Scalar Zero { get; } = 0f;

    public static Scalar One { get; } = 1f;

    public static Scalar MinusOne { get; } = -1f;

    public static Scalar Half { get; } = 0.5f;

    public static Scalar MinusHalf { get; } = -0.5f;

    /// <summary><c>1 / √2</c>.</summary>
    public static Scalar RootOfHalf { get; } = (float)Math.Sqrt(0.5);

    /// <summary><c>1 / √(2π)</c>, the normal density at 0.</summary>
    public static Scalar NormalPeak { get; } = (float)(1 / Math.Sqrt(2 * Math.PI));
}
