using NestedLearning.Models;
using NestedLearning.Tensors;

namespace NestedLearning.Tiers;

/// <summary>
/// The step from one version of a level to the next: float32 tensors as differences, everything else whole. A tensor
/// whose last dimension grew counts as zero where it was not.
/// </summary>
internal static class VersionDelta
{
    public static TensorSet Difference(TensorSet from, TensorSet to) =>
        Combine(from, to, static (old, value) => value - old);

    public static TensorSet Apply(TensorSet from, TensorSet difference) =>
        Combine(from, difference, static (old, value) => old + value);

    /// <summary>The version that follows from a frame: a whole one stands for itself, a difference for a step from the last.</summary>
    /// <exception cref="FrameException">The frame is no version, or starts from another one.</exception>
    public static LevelVersion Follow(LevelVersion? last, Frame frame)
    {
        FrameHeader header = frame.Header;
        if (header.Kind == FrameKind.Version)
        {
            return new LevelVersion(header.Sequence, header.Events, frame.Tensors);
        }

        if (header.Kind != FrameKind.VersionDelta || last is null || header.BaseVersion != last.Number)
        {
            throw new FrameException(
                FrameProblem.BadValue, nameof(header.BaseVersion), $"is {header.BaseVersion}, accepted is {last?.Number ?? 0}");
        }

        return new LevelVersion(header.Sequence, header.Events, Apply(last.Tensors, frame.Tensors));
    }

    private static TensorSet Combine(TensorSet from, TensorSet next, Func<float, float, float> combine)
    {
        TensorSet result = [];
        foreach (NamedTensor tensor in next)
        {
            result.Add(tensor is DenseTensor dense && from.Find(tensor.Name) is DenseTensor old
                ? Combine(old, dense, combine)
                : tensor);
        }

        return result;
    }

    private static DenseTensor Combine(DenseTensor old, DenseTensor next, Func<float, float, float> combine)
    {
        float[] values = next.Values.ToArray();
        int width = next.Shape[^1];
        int oldWidth = old.Shape[^1];
        ReadOnlySpan<float> oldValues = old.Values.Span;
        for (int i = 0; width > 0 && i < values.Length; i++)
        {
            int column = i % width;
            float oldValue = column < oldWidth ? oldValues[(i / width * oldWidth) + column] : 0;
            values[i] = combine(oldValue, values[i]);
        }

        return next with { Values = values };
    }
}
