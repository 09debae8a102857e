namespace NestedLearning.Tensors;

/// <summary>The depthwise convolution of sequences, a round for each moment of each sequence.</summary>
internal readonly struct ConvolutionWork(ManagedTensor x, ManagedTensor taps, bool anticausal, ManagedTensor z) : IRangeWork
{
    public void Run(int start, int end)
    {
        (int moments, int channels) = (x.Shape[^2], x.Shape[^1]);
        for (int row = start; row < end; row++)
        {
            int moment = row % moments;
            int reach = Math.Min(taps.Shape[0], anticausal ? moments - moment : moment + 1);
            Span<float> target = z.Values.Slice(row * channels, channels);
            target.Clear();
            for (int tap = 0; tap < reach; tap++)
            {
                int source = anticausal ? row + tap : row - tap;
                ElementLoop.MultiplyAdd(
                    taps.Values.Slice(tap * channels, channels), x.Values.Slice(source * channels, channels), target);
            }
        }
    }
}

/// <summary>The gradient of a causal convolution by its taps, a round for each tap; the result holds zeros before.</summary>
internal readonly struct ConvolutionTapsWork(ManagedTensor x, ManagedTensor y, ManagedTensor z) : IRangeWork
{
    public void Run(int start, int end)
    {
        (int moments, int channels) = (x.Shape[^2], x.Shape[^1]);
        int rows = x.Shape.ElementCount / Math.Max(1, channels);
        for (int tap = start; tap < end; tap++)
        {
            Span<float> target = z.Values.Slice(tap * channels, channels);
            for (int row = 0; row < rows; row++)
            {
                if (row % moments >= tap)
                {
                    ElementLoop.MultiplyAdd(
                        y.Values.Slice(row * channels, channels), x.Values.Slice((row - tap) * channels, channels), target);
                }
            }
        }
    }
}
