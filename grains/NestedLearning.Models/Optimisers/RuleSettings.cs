using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>The settings of an update rule: what an optimiser makes of a gradient. Each rule has a record of its own.</summary>
public abstract record RuleSettings
{
    private protected RuleSettings()
    {
    }

    /// <summary>One line for each setting that is out of its range.</summary>
    public abstract IEnumerable<string> Violations();

    /// <summary>The rule in its initial state, for one parameter.</summary>
    internal abstract UpdateRule Create(ITensorBackend backend, Parameter parameter);

    /// <summary>The violation of a fraction that is to be 0 to below 1, if it is not.</summary>
    private protected static IEnumerable<string> FractionViolations(string name, double value)
    {
        if (value is not (>= 0 and < 1))
        {
            yield return FormattableString.Invariant($"{name} is {value}, accepted: 0 to below 1");
        }
    }

    /// <summary>The violation of a number that is to be within a range, both ends included, if it is not.</summary>
    private protected static IEnumerable<string> RangeViolations(string name, double value, double low, double high)
    {
        if (!(value >= low && value <= high))
        {
            yield return FormattableString.Invariant($"{name} is {value}, accepted: {low} to {high}");
        }
    }
}
