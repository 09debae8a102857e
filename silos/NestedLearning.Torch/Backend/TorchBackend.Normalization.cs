using NestedLearning.Tensors;
using TorchSharp;

namespace NestedLearning.Torch;

/// <content>Softmax and norms, along the innermost axis.</content>
public sealed partial class TorchBackend
{
    private static readonly long[] Innermost = [-1];

    /// <inheritdoc/>
    public Tensor Softmax(Tensor x)
    {
        ShapeRules.Rows(nameof(Softmax), x.Shape);
        torch.Tensor value = Own(x).Value;
        return Make(nameof(Softmax), x.Shape, () => value.softmax(-1, torch.float32));
    }

    /// <inheritdoc/>
    public Tensor LogSoftmax(Tensor x)
    {
        ShapeRules.Rows(nameof(LogSoftmax), x.Shape);
        torch.Tensor value = Own(x).Value;
        return Make(nameof(LogSoftmax), x.Shape, () => value.log_softmax(-1, torch.float32));
    }

    /// <inheritdoc/>
    public Tensor Normalize(Normalization normalization, Tensor x, double epsilon)
    {
        ShapeRules.Rows(normalization.ToString(), x.Shape);
        torch.Tensor value = Own(x).Value;
        return Make(normalization.ToString(), x.Shape, () => x.Shape.ElementCount == 0
            ? value.clone()
            : normalization switch
            {
                Normalization.Layer => torch.nn.functional.layer_norm(value, [x.Shape[^1]], eps: epsilon),
                Normalization.RootMeanSquare => Scaled(value, squares => squares.mean(Innermost, keepdim: true), epsilon),
                Normalization.Unit => Scaled(value, squares => squares.sum(Innermost, keepdim: true), epsilon),
                _ => throw new ArgumentOutOfRangeException(nameof(normalization), normalization, "There is no such norm."),
            });
    }

    /// <summary><c>x / sqrt(power(x²) + ε)</c>.</summary>
    private static torch.Tensor Scaled(torch.Tensor x, Func<torch.Tensor, torch.Tensor> power, double epsilon)
    {
        using Scalar small = epsilon;
        using torch.Tensor squares = x.mul(x);
        using torch.Tensor scale = power(squares);
        scale.add_(small, Constants.One).rsqrt_();
        return x.mul(scale);
    }
}
