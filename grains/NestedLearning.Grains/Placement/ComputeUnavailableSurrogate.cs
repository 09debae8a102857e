namespace NestedLearning.Grains;

/// <summary>A <see cref="ComputeUnavailableException"/> on its way to whoever called.</summary>
[GenerateSerializer, Immutable, Alias("nl.ComputeUnavailable")]
internal readonly record struct ComputeUnavailableSurrogate(
    [property: Id(0)] string Model, [property: Id(1)] string Compute, [property: Id(2)] string[] Offered);

[RegisterConverter]
internal sealed class ComputeUnavailableConverter : IConverter<ComputeUnavailableException, ComputeUnavailableSurrogate>
{
    public ComputeUnavailableException ConvertFromSurrogate(in ComputeUnavailableSurrogate surrogate) =>
        new(surrogate.Model, surrogate.Compute, surrogate.Offered);

    public ComputeUnavailableSurrogate ConvertToSurrogate(in ComputeUnavailableException value) =>
        new(value.Model, value.Compute, [.. value.Offered]);
}
