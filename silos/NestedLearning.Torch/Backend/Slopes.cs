using TorchSharp;

namespace NestedLearning.Torch;

/// <summary>Derivatives that TorchSharp does not have.</summary>
internal static class Slopes
{
    /// <summary><c>s + s (x - x s)</c> with <c>s = sigmoid(x)</c>.</summary>
    public static torch.Tensor Silu(torch.Tensor x)
    {
        using torch.Tensor sigmoid = x.sigmoid();
        using torch.Tensor rest = x.addcmul(x, sigmoid, Constants.MinusOne);
        return sigmoid.addcmul(sigmoid, rest, Constants.One);
    }

    /// <summary><c>Φ(x) + x φ(x)</c>, with the normal distribution function and density.</summary>
    public static torch.Tensor Gelu(torch.Tensor x)
    {
        using torch.Tensor below = x.mul(Constants.RootOfHalf);
        below.erf_().add_(Constants.One, Constants.One).mul_(Constants.Half);
        using torch.Tensor density = x.mul(x);
        density.mul_(Constants.MinusHalf).exp_();
        return below.addcmul(x, density, Constants.NormalPeak);
    }
}
