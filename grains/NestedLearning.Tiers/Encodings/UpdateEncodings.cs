using NestedLearning.Models;

namespace NestedLearning.Tiers;

/// <summary>How memories encode what they send up. The defaults lose nothing.</summary>
/// <param name="Form">Which form of statistics travels where a model offers two; default: the shorter one.</param>
/// <param name="Keys">
/// For key sets, by default int8: models keep keys so (<see cref="Tensors.Int8Code"/>), and coding them again loses nothing.
/// </param>
/// <param name="CoarseSums">
/// Whether the triangle among sums travels in eight bits, with its diagonal raised as far as keeps it semi-definite; default false.
/// </param>
/// <param name="Dense">For the tensors of gradients and deltas, all but small ones; default exact. Lossy ones carry error feedback.</param>
/// <param name="Kept">What a selective <paramref name="Dense"/> keeps: of each 4,096 values, or the rank; default 64.</param>
/// <param name="ExactBelow">Tensors of fewer elements are exact, 0 or more; default 1,024.</param>
public sealed record UpdateEncodings(
    StatisticsForm Form = StatisticsForm.Shorter,
    FloatEncoding Keys = FloatEncoding.Int8,
    bool CoarseSums = false,
    TensorEncoding Dense = TensorEncoding.Float32,
    int Kept = 64,
    int ExactBelow = 1024)
{
    /// <summary>One line for each setting that is out of its range.</summary>
    public IEnumerable<string> Violations()
    {
        EncodingChoice dense = new(Dense, Kept);
        if (!Enum.IsDefined(Form))
        {
            yield return $"{nameof(Form)} is {Form}, accepted: {string.Join(", ", Enum.GetNames<StatisticsForm>())}";
        }

        if (!Enum.IsDefined(Keys))
        {
            yield return $"{nameof(Keys)} is {Keys}, accepted: {string.Join(", ", Enum.GetNames<FloatEncoding>())}";
        }

        if (!dense.IsDense)
        {
            yield return $"{nameof(Dense)} is {Dense}, accepted: an encoding of dense float32 values";
        }

        if (Kept < 1 || Kept > (dense.IsLowRank ? LowRankCodec.MaxRank : TopKCodec.BlockLength))
        {
            yield return $"{nameof(Kept)} is {Kept}, accepted: 1 to {TopKCodec.BlockLength}, or to {LowRankCodec.MaxRank} for low rank";
        }

        if (ExactBelow < 0)
        {
            yield return $"{nameof(ExactBelow)} is {ExactBelow}, accepted: 0 or more";
        }
    }

    /// <summary>The policy for updates of a kind: statistics are sums that have to be exact, so only others go by size.</summary>
    internal IEncodingPolicy For(UpdateKind kind)
    {
        EncodingPolicy exact = new() { Sparse = Keys };
        return kind == UpdateKind.Statistics
            ? exact
            : new AdaptivePolicy([new EncodingRule(Dense, Kept, ExactBelow)], exact);
    }
}
