namespace NestedLearning.Models;

/// <summary>How a sequence model learns from windows of a text.</summary>
public sealed record SequenceTrainingSettings
{
    /// <summary>How many steps there are, 1 to 1,000,000,000; default 1,000. The learning rate falls until the last.</summary>
    public long Steps { get; init; } = 1000;

    /// <summary>The windows of a step, 1 to 65,536; default 12.</summary>
    public int Batch { get; init; } = 12;

    /// <summary>The tokens of a window that are predicted, 1 to 1,048,576; default 64.</summary>
    public int Length { get; init; } = 64;

    /// <summary>The highest learning rate of levels of period 1, above 0 to 10; default 0.001. One of period C has √C times as much, on the mean of its period's gradients.</summary>
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>The learning rate at the end, as a part of the highest, 0 to 1; default 0.1.</summary>
    public double FinalRate { get; init; } = 0.1;

    /// <summary>The steps until the highest rate, 0 or more, fewer than all; null, the default, for a tenth of all, at most 100.</summary>
    public long? WarmUp { get; init; }

    /// <summary>The decoupled weight decay of matrices, 0 to 10; default 0.1.</summary>
    public double WeightDecay { get; init; } = 0.1;

    /// <summary>The longest gradient of a level, above 0; default 1.</summary>
    public double MaxGradientNorm { get; init; } = 1;

    /// <summary>What the windows are drawn by; default 1.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Reports every violation at once.</summary>
    /// <exception cref="InvalidSpecException">At least one setting is out of its range.</exception>
    public void Validate()
    {
        List<string> violations = Violations();
        if (violations.Count > 0)
        {
            throw new InvalidSpecException(violations);
        }
    }

    /// <summary>One line for each setting that is out of its range.</summary>
    internal List<string> Violations()
    {
        List<string> violations = [];
        Check(Steps is >= 1 and <= 1_000_000_000, nameof(Steps), Steps, "1 to 1000000000");
        Check(Batch is >= 1 and <= 65_536, nameof(Batch), Batch, "1 to 65536");
        Check(Length is >= 1 and <= 1 << 20, nameof(Length), Length, "1 to 1048576");
        Check(LearningRate is > 0 and <= 10, nameof(LearningRate), LearningRate, "above 0, at most 10");
        Check(FinalRate is >= 0 and <= 1, nameof(FinalRate), FinalRate, "0 to 1");
        Check(WarmUp is null || (WarmUp >= 0 && WarmUp < Math.Max(Steps, 1)), nameof(WarmUp), WarmUp, $"0 to {Steps - 1}");
        Check(WeightDecay is >= 0 and <= 10, nameof(WeightDecay), WeightDecay, "0 to 10");
        Check(MaxGradientNorm > 0 && double.IsFinite(MaxGradientNorm), nameof(MaxGradientNorm), MaxGradientNorm, "above 0");
        return violations;

        void Check<T>(bool holds, string setting, T value, string accepted)
        {
            if (!holds)
            {
                violations.Add(FormattableString.Invariant($"{setting} is {value}, accepted: {accepted}"));
            }
        }
    }

    /// <summary>How the parameters of a period step, at a part of their rate. A slow level has few steps, so its second moment forgets sooner.</summary>
    internal OptimiserSettings OfPeriod(int period, double part = 1)
    {
        const double beta1 = 0.9;
        double peak = LearningRate * Math.Sqrt(period) * part;
        long warmUp = (WarmUp ?? Math.Min(Steps / 10, 100)) / period;
        return new OptimiserSettings(
            new AdamWSettings(beta1, period == 1 ? 0.99 : 0.95),
            new LearningRateSchedule(peak, warmUp, Math.Max(Steps / period, warmUp + 1), peak * FinalRate),
            WeightDecay,
            MaxGradientNorm);
    }
}
