using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NestedLearning.Tensors;

/// <content>Kernels of optimisers, which change their operands where they lie.</content>
public static partial class Vectors
{
    /// <summary><paramref name="x"/> = <paramref name="keep"/> * x + <paramref name="scale"/> * <paramref name="y"/>, both [n].</summary>
    /// <exception cref="ShapeException">The lengths differ.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Blend(float keep, Span<float> x, float scale, ReadOnlySpan<float> y)
    {
        ShapeGuard.RequireLength(nameof(Blend), nameof(y), y.Length, x.Length);
        ref float xs = ref MemoryMarshal.GetReference(x);
        ref float ys = ref MemoryMarshal.GetReference(y);
        var kept = new Vector<float>(keep);
        var factor = new Vector<float>(scale);
        int i = 0;
        for (; i <= x.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector.MultiplyAddEstimate(Load(ref ys, i), factor, Load(ref xs, i) * kept).StoreUnsafe(ref xs, (nuint)i);
        }

        for (; i < x.Length; i++)
        {
            x[i] = float.MultiplyAddEstimate(y[i], scale, x[i] * keep);
        }
    }

    /// <summary>One step of AdamW on <paramref name="parameters"/> [n] with its moments and a gradient, all [n].</summary>
    /// <exception cref="ShapeException">The lengths differ.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Adam(
        in AdamStep step, Span<float> parameters, Span<float> first, Span<float> second, ReadOnlySpan<float> gradient)
    {
        ShapeGuard.RequireLength(nameof(Adam), nameof(first), first.Length, parameters.Length);
        ShapeGuard.RequireLength(nameof(Adam), nameof(second), second.Length, parameters.Length);
        ShapeGuard.RequireLength(nameof(Adam), nameof(gradient), gradient.Length, parameters.Length);
        var numbers = new AdamNumbers(step);
        ref float ps = ref MemoryMarshal.GetReference(parameters);
        ref float ms = ref MemoryMarshal.GetReference(first);
        ref float vs = ref MemoryMarshal.GetReference(second);
        ref float gs = ref MemoryMarshal.GetReference(gradient);
        int i = 0;
        for (; i <= parameters.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector<float> m = Load(ref ms, i), v = Load(ref vs, i);
            Vector<float> p = numbers.Apply(Load(ref ps, i), ref m, ref v, Load(ref gs, i));
            m.StoreUnsafe(ref ms, (nuint)i);
            v.StoreUnsafe(ref vs, (nuint)i);
            p.StoreUnsafe(ref ps, (nuint)i);
        }

        for (; i < parameters.Length; i++)
        {
            // In a register of its own, so an element's result does not depend on where in the span it stands.
            var m = new Vector<float>(first[i]);
            var v = new Vector<float>(second[i]);
            parameters[i] = numbers.Apply(new Vector<float>(parameters[i]), ref m, ref v, new Vector<float>(gradient[i]))[0];
            first[i] = m[0];
            second[i] = v[0];
        }
    }

    /// <summary>The numbers of a step in all lanes.</summary>
    private readonly struct AdamNumbers(in AdamStep step)
    {
        private readonly Vector<float> _beta1 = new((float)step.Beta1);
        private readonly Vector<float> _beta2 = new((float)step.Beta2);
        private readonly Vector<float> _firstShare = new((float)((1 - step.Beta1) * step.GradientScale));
        private readonly Vector<float> _secondShare = new((float)((1 - step.Beta2) * step.GradientScale * step.GradientScale));
        private readonly Vector<float> _secondScale = new((float)step.SecondScale);
        private readonly Vector<float> _epsilon = new((float)step.Epsilon);
        private readonly Vector<float> _rate = new((float)step.Rate);
        private readonly Vector<float> _kept = new((float)step.Kept);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<float> Apply(Vector<float> p, ref Vector<float> m, ref Vector<float> v, Vector<float> g)
        {
            m = Vector.MultiplyAddEstimate(_beta1, m, _firstShare * g);
            v = Vector.MultiplyAddEstimate(_beta2, v, _secondShare * g * g);
            return (_kept * p) - (_rate * m / (Vector.SquareRoot(v * _secondScale) + _epsilon));
        }
    }
}
