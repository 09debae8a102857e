using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>
/// Makes a model's parameters, each from a seed of its own, and groups them by the period in which they change: <paramref name="basePeriod"/>
/// where none is given.
/// </summary>
internal sealed class ParameterFactory(ITensorBackend backend, ulong seed, int basePeriod = 1)
{
    private readonly SortedDictionary<int, List<Parameter>> _ofPeriod = [];
    private readonly Dictionary<Parameter, int> _restarts = [];
    private ulong _next = seed;

    /// <summary>Normal values with a deviation.</summary>
    public Parameter Normal(string name, Shape shape, double deviation, int? period = null)
    {
        using Tensor normal = backend.Normal(shape, NextSeed());
        return Add(new Parameter(name, backend.Affine(normal, deviation, 0)), period);
    }

    /// <summary>Ones, for a gain.</summary>
    public Parameter Ones(string name, Shape shape, int? period = null) => Add(new Parameter(name, backend.Fill(shape, 1)), period);

    /// <summary>Zeros, which it is again after every so many steps.</summary>
    public Parameter Movement(string name, Shape shape, int period, int restart)
    {
        Parameter parameter = Add(new Parameter(name, backend.Fill(shape, 0)), period);
        _restarts.Add(parameter, restart);
        return parameter;
    }

    /// <summary>The taps of a convolution, [count, channels]: 1 for the token itself, small random ones for those before it.</summary>
    public Parameter Taps(string name, int count, int channels)
    {
        const double deviation = 0.1;
        using Tensor own = backend.Fill([1, channels], 1);
        using Tensor normal = backend.Normal([count - 1, channels], NextSeed());
        using Tensor others = backend.Affine(normal, deviation, 0);
        return Add(new Parameter(name, backend.Concatenate([own, others], 0)), null);
    }

    /// <summary>
    /// All parameters, one group for each period, fastest first. Level 0 is the state of a stream, which is no parameter; so the first
    /// group is level 1.
    /// </summary>
    public ParameterSet Build() => new(
        backend,
        _ofPeriod.Select((group, i) => new ParameterGroup(FormattableString.Invariant($"period-{group.Key}"), i + 1, group.Value)));

    /// <summary>The periods of the groups.</summary>
    public IReadOnlyList<int> Periods => [.. _ofPeriod.Keys];

    /// <summary>The parameters that are 0 again after every so many steps.</summary>
    public IReadOnlyDictionary<Parameter, int> Restarts => _restarts;

    private ulong NextSeed() => _next = unchecked((_next * 6364136223846793005) + 1442695040888963407);

    private Parameter Add(Parameter parameter, int? ownPeriod)
    {
        int period = ownPeriod ?? basePeriod;
        if (!_ofPeriod.TryGetValue(period, out List<Parameter>? group))
        {
            _ofPeriod.Add(period, group = []);
        }

        group.Add(parameter);
        return parameter;
    }
}
