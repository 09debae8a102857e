using NestedLearning.Models;

namespace NestedLearning.Tiers;

/// <summary>A schedule of a model.</summary>
public readonly record struct ScheduleAddress(ModelId Model, ScheduleId Schedule)
{
    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <exception cref="InvalidIdException">It names no model, or no schedule.</exception>
    public static ScheduleAddress Parse(string text)
    {
        int slash = text.IndexOf('/', StringComparison.Ordinal);
        return slash < 0
            ? throw new InvalidIdException("schedule", text, 64)
            : new ScheduleAddress(new ModelId(text[..slash]), new ScheduleId(text[(slash + 1)..]));
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Model}/{Schedule}";
}
