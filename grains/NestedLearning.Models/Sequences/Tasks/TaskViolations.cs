namespace NestedLearning.Models;

/// <summary>Collects the settings of a task that are out of their ranges, so that all are reported at once.</summary>
internal sealed class TaskViolations
{
    private readonly List<string> _violations = [];

    public void CheckRange(string setting, int value, int least, int most) => Check(value >= least && value <= most, setting, value, $"{least} to {most}");

    public void Check<T>(bool holds, string setting, T value, string accepted)
    {
        if (!holds)
        {
            _violations.Add(FormattableString.Invariant($"{setting} is {value}, accepted: {accepted}"));
        }
    }

    /// <exception cref="InvalidTaskException">At least one setting is out of its range.</exception>
    public void Throw()
    {
        if (_violations.Count > 0)
        {
            throw new InvalidTaskException(_violations);
        }
    }
}
