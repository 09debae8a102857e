using System.Numerics;

namespace NestedLearning.Tensors;

/// <summary>The gradient of <see cref="UnaryOperation.Tanh"/> from its result: <c>g (1 - y²)</c>.</summary>
internal readonly struct TanhGradient : IBinaryKernel
{
    public static Vector<float> Apply(Vector<float> gradient, Vector<float> y) => gradient * (Vector<float>.One - (y * y));
}

/// <summary>The gradient of <see cref="UnaryOperation.Sigmoid"/> from its result: <c>g y (1 - y)</c>.</summary>
internal readonly struct SigmoidGradient : IBinaryKernel
{
    public static Vector<float> Apply(Vector<float> gradient, Vector<float> y) => gradient * (y * (Vector<float>.One - y));
}

/// <summary>The gradient of <see cref="UnaryOperation.Relu"/> from its result: g times its sign, so that a NaN stays one.</summary>
internal readonly struct ReluGradient : IBinaryKernel
{
    public static Vector<float> Apply(Vector<float> gradient, Vector<float> y) => gradient * SignKernel.Apply(y);
}
