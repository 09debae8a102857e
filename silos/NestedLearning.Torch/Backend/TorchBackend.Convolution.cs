using NestedLearning.Tensors;
using TorchSharp;

namespace NestedLearning.Torch;

/// <content>Depthwise convolutions along time. Taps are few, so each is one product of shifted sequences.</content>
public sealed partial class TorchBackend
{
    /// <inheritdoc/>
    public Tensor Convolve(Tensor x, Tensor taps, bool anticausal)
    {
        ShapeRules.Convolve(x.Shape, taps.Shape);
        (torch.Tensor sequence, torch.Tensor factors) = (Own(x).Value, Own(taps).Value);
        int moments = x.Shape[^2];
        int count = Math.Min(taps.Shape[0], moments);
        return Make(nameof(Convolve), x.Shape, () =>
        {
            torch.Tensor result = torch.zeros(Sizes(x.Shape), torch.float32, _device);
            for (int tap = 0; tap < count; tap++)
            {
                using torch.Tensor factor = factors.narrow(0, tap, 1);
                using torch.Tensor early = (anticausal ? result : sequence).narrow(-2, 0, moments - tap);
                using torch.Tensor late = (anticausal ? sequence : result).narrow(-2, tap, moments - tap);
                (anticausal ? early : late).addcmul_(anticausal ? late : early, factor, Constants.One);
            }

            return result;
        });
    }

    /// <inheritdoc/>
    public Tensor ConvolutionTaps(Tensor x, Tensor y, int count)
    {
        Shape shape = ShapeRules.ConvolutionTaps(x.Shape, y.Shape, count);
        (torch.Tensor sequence, torch.Tensor gradient) = (Own(x).Value, Own(y).Value);
        int moments = x.Shape[^2];
        long[] outer = [.. Enumerable.Range(0, x.Shape.Rank - 1).Select(axis => (long)axis)];
        return Make(nameof(ConvolutionTaps), shape, () =>
        {
            torch.Tensor taps = torch.zeros(Sizes(shape), torch.float32, _device);
            for (int tap = 0; tap < Math.Min(count, moments); tap++)
            {
                using torch.Tensor early = sequence.narrow(-2, 0, moments - tap);
                using torch.Tensor late = gradient.narrow(-2, tap, moments - tap);
                using torch.Tensor products = late.mul(early);
                using torch.Tensor sum = products.sum(outer);
                using torch.Tensor target = taps.select(0, tap);
                target.copy_(sum);
            }

            return taps;
        });
    }
}
