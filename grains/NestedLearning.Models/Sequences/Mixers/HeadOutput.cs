using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>What heads have read as what is added to a token: an RMS norm for each head, a gain, and a map.</summary>
internal sealed class HeadOutput(ParameterFactory factory, string name, SequenceSettings settings, double scale)
{
    private readonly Parameter _gain = factory.Ones($"{name}/gain", [settings.Width]);
    private readonly Parameter _map = factory.Normal($"{name}/out", [settings.Width, settings.Width], SequenceModel.Deviation * scale);

    /// <summary>From reads [streams, heads, time, size].</summary>
    public Variable Apply(BoundParameters parameters, Variable reads) =>
        (Heads.Join(reads.RootMeanSquareNormalize()) * parameters[_gain]).MatrixMultiply(parameters[_map]);
}
