using System.Numerics;

namespace NestedLearning.Tensors;

/// <summary>A function of one number, for a register of them. An element's result does not depend on its neighbours.</summary>
internal interface IUnaryKernel
{
    /// <summary>The function of every lane.</summary>
    static abstract Vector<float> Apply(Vector<float> x);
}

/// <summary>A function of two numbers, for registers of them.</summary>
internal interface IBinaryKernel
{
    /// <summary>The function of every pair of lanes.</summary>
    static abstract Vector<float> Apply(Vector<float> x, Vector<float> y);
}
