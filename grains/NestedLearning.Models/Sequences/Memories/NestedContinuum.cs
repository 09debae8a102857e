using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>A continuum memory system in its nested form: <see cref="ContinuumKind.Nested"/>.</summary>
internal sealed class NestedContinuum : IFeedForward
{
    private readonly ContinuumLayer[] _levels;

    public NestedContinuum(ParameterFactory factory, string name, SequenceSettings settings, double outputScale)
    {
        IReadOnlyList<int> periods = settings.Periods;
        int slowest = periods.Count - 1;
        _levels = [.. periods.Select((period, i) => i == slowest
            ? ContinuumLayer.Create(factory, $"{name}/{i}", settings, outputScale, period)
            : ContinuumLayer.CreateMovement(factory, $"{name}/{i}", settings, period, restart: periods[i + 1]))];
    }

    public Variable Apply(BoundParameters parameters, Variable x) => x + ContinuumLayer.Apply(
        x,
        Sum(parameters, level => level.Norm),
        Sum(parameters, level => level.Up),
        Sum(parameters, level => level.Down));

    private Variable Sum(BoundParameters parameters, Func<ContinuumLayer, Parameter> part) =>
        _levels.Select(level => parameters[part(level)]).Aggregate((sum, next) => sum + next);
}
