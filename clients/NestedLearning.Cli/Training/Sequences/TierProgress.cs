using NestedLearning.Cli.Rendering;
using NestedLearning.Tiers;

namespace NestedLearning.Cli.Training.Sequences;

/// <summary>Says how a run over the tiers stands: the loss, the speed, and each level's version, period and bytes.</summary>
/// <param name="workers">How many workers there are.</param>
/// <param name="tokensPerStep">The tokens of all workers' windows in a step.</param>
internal sealed class TierProgress(int workers, long tokensPerStep)
{
    private (long Step, double Loss)? _last;
    private long _steps;

    /// <summary>Such as "loss 2.345, validation 2.410, 8,120 tokens/s".</summary>
    public string Describe(long step, IReadOnlyList<MemoryStatus> memories, TimeSpan learning, SequenceCurve curve)
    {
        double sum = memories.Sum(memory => memory.Loss) / workers;
        List<string> parts = [];
        if (_last is { } last)
        {
            _steps += step - last.Step;
            parts.Add(FormattableString.Invariant($"loss {(sum - last.Loss) / (step - last.Step):F3}"));
        }

        _last = (step, sum);
        if (curve.Points.Count > 0)
        {
            parts.Add(FormattableString.Invariant($"validation {curve.Points[^1].ValidationLoss:F3}"));
        }

        if (_steps > 0)
        {
            parts.Add(FormattableString.Invariant($"{_steps * tokensPerStep / learning.TotalSeconds:N0} tokens/s"));
        }

        return string.Join(", ", parts);
    }

    /// <summary>Each level, such as "version 62, 1.21 MiB up, 1.30 MiB down", the bytes being those of all workers, and how full its period is.</summary>
    public static IReadOnlyList<ProgressPart> Parts(long step, IReadOnlyList<LevelStatus> levels) =>
        [.. levels.Select(level => new ProgressPart(
            level.Level.Value,
            $"version {Figures.Count(level.Version)}, {Figures.Bytes(level.Traffic.BytesUp)} up, {Figures.Bytes(level.Traffic.BytesDown)} down",
            (double)((step - 1) % level.NextPeriod + 1) / level.NextPeriod))];
}
