using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>The parameters of one MLP of a continuum memory, <c>W2 gelu(W1 norm(x))</c>, which change in one period.</summary>
internal sealed record ContinuumLayer(Parameter Norm, Parameter Up, Parameter Down)
{
    /// <summary>One of each period, with random maps.</summary>
    public static ContinuumLayer[] CreateAll(ParameterFactory factory, string name, SequenceSettings settings, double outputScale) =>
        [.. settings.Periods.Select((period, i) => Create(factory, $"{name}/{i}", settings, outputScale, period))];

    /// <summary>One with random maps.</summary>
    public static ContinuumLayer Create(ParameterFactory factory, string name, SequenceSettings settings, double outputScale, int period) => new(
        factory.Ones($"{name}/norm", [settings.Width], period),
        factory.Normal($"{name}/up", [settings.Width, settings.Hidden], SequenceModel.Deviation, period),
        factory.Normal($"{name}/down", [settings.Hidden, settings.Width], SequenceModel.Deviation * outputScale, period));

    /// <summary>One that is 0, and is again after every so many steps.</summary>
    public static ContinuumLayer CreateMovement(ParameterFactory factory, string name, SequenceSettings settings, int period, int restart) => new(
        factory.Movement($"{name}/norm", [settings.Width], period, restart),
        factory.Movement($"{name}/up", [settings.Width, settings.Hidden], period, restart),
        factory.Movement($"{name}/down", [settings.Hidden, settings.Width], period, restart));

    /// <summary>What it adds to the tokens [streams, time, width].</summary>
    public Variable Apply(BoundParameters parameters, Variable x) => Apply(x, parameters[Norm], parameters[Up], parameters[Down]);

    /// <summary>What an MLP of these parameters adds.</summary>
    public static Variable Apply(Variable x, Variable norm, Variable up, Variable down) =>
        (x.LayerNormalize() * norm).MatrixMultiply(up).Gelu().MatrixMultiply(down);
}
