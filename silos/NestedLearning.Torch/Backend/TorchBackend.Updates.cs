using NestedLearning.Tensors;
using TorchSharp;

namespace NestedLearning.Torch;

/// <content>Updates, which happen in the operand's own memory where nobody shares it.</content>
public sealed partial class TorchBackend
{
    /// <inheritdoc/>
    public Tensor Blend(Tensor x, double keep, Tensor y, double scale)
    {
        ShapeRules.Same(nameof(Blend), nameof(y), y.Shape, x.Shape);
        torch.Tensor addend = Own(y).Value;
        TorchTensor result = Claim(nameof(Blend), Own(x));
        Call(nameof(Blend), () => BlendInto(result.Value, keep, addend, scale));
        return result;
    }

    /// <inheritdoc/>
    public AdamState Adam(in AdamStep step, AdamState state, Tensor gradient)
    {
        ShapeRules.Adam(state, gradient);
        torch.Tensor g = Own(gradient).Value;
        (TorchTensor parameters, TorchTensor first, TorchTensor second) = (Own(state.Parameters), Own(state.First), Own(state.Second));
        parameters = Claim(nameof(Adam), parameters);
        first = Claim(nameof(Adam), first);
        second = Claim(nameof(Adam), second);
        AdamStep numbers = step;
        Call(nameof(Adam), () => StepInto(numbers, parameters.Value, first.Value, second.Value, g));
        return new AdamState(parameters, first, second);
    }

    private static torch.Tensor BlendInto(torch.Tensor x, double keep, torch.Tensor y, double scale)
    {
        using Scalar kept = keep;
        using Scalar factor = scale;
        return x.mul_(kept).add_(y, factor);
    }

    private static torch.Tensor StepInto(in AdamStep step, torch.Tensor p, torch.Tensor m, torch.Tensor v, torch.Tensor g)
    {
        BlendInto(m, step.Beta1, g, (1 - step.Beta1) * step.GradientScale);
        using Scalar beta2 = step.Beta2;
        using Scalar share = (1 - step.Beta2) * step.GradientScale * step.GradientScale;
        v.mul_(beta2).addcmul_(g, g, share);
        using Scalar correction = step.SecondScale;
        using Scalar epsilon = step.Epsilon;
        using torch.Tensor divisor = v.mul(correction);
        divisor.sqrt_().add_(epsilon, Constants.One);
        using Scalar kept = step.Kept;
        using Scalar rate = -step.Rate;
        return p.mul_(kept).addcdiv_(m, divisor, rate);
    }

    /// <summary>The tensor itself when nobody shares its memory, else a copy in its place.</summary>
    private TorchTensor Claim(string operation, TorchTensor x)
    {
        // Where a broadcast repeats an element, it cannot be given several values.
        if (!x.IsShared && x.Value.is_contiguous())
        {
            return x;
        }

        TorchTensor copy = Make(operation, x.Shape, () => x.Value.is_contiguous() ? x.Value.clone() : x.Value.contiguous());
        x.Dispose();
        return copy;
    }
}
