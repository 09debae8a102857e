using NestedLearning.Models;
using NestedLearning.Tensors;

namespace NestedLearning.Grains;

/// <summary>A text as it travels.</summary>
[GenerateSerializer, Immutable, Alias("nl.Text")]
internal readonly record struct TextSurrogate([property: Id(0)] string Text);

/// <summary>Features as they travel.</summary>
[GenerateSerializer, Immutable, Alias("nl.Features")]
internal readonly record struct FeatureSurrogate([property: Id(0)] ushort[] Indices, [property: Id(1)] float[] Values);

/// <summary>Windows of a text as they travel.</summary>
[GenerateSerializer, Immutable, Alias("nl.Tokens")]
internal readonly record struct TokenSurrogate([property: Id(0)] int[] Tokens, [property: Id(1)] int Windows);

/// <summary>An event as it travels.</summary>
[GenerateSerializer, Immutable, Alias("nl.Event")]
internal readonly record struct EventSurrogate(
    [property: Id(0)] long Sequence, [property: Id(1)] ModelInput Input, [property: Id(2)] string Label);

[RegisterConverter]
internal sealed class TextConverter : IConverter<TextInput, TextSurrogate>
{
    public TextInput ConvertFromSurrogate(in TextSurrogate surrogate) => new(surrogate.Text);

    public TextSurrogate ConvertToSurrogate(in TextInput value) => new(value.Text);
}

[RegisterConverter]
internal sealed class FeatureConverter : IConverter<FeatureInput, FeatureSurrogate>
{
    public FeatureInput ConvertFromSurrogate(in FeatureSurrogate surrogate) =>
        new(new SparseVector(surrogate.Indices, surrogate.Values));

    public FeatureSurrogate ConvertToSurrogate(in FeatureInput value) =>
        new(value.Features.Indices.ToArray(), value.Features.Values.ToArray());
}

[RegisterConverter]
internal sealed class TokenConverter : IConverter<TokenInput, TokenSurrogate>
{
    public TokenInput ConvertFromSurrogate(in TokenSurrogate surrogate) => new(surrogate.Tokens, surrogate.Windows);

    public TokenSurrogate ConvertToSurrogate(in TokenInput value) => new(value.Tokens.ToArray(), value.Windows);
}

[RegisterConverter]
internal sealed class EventConverter : IConverter<LearningEvent, EventSurrogate>
{
    public LearningEvent ConvertFromSurrogate(in EventSurrogate surrogate) =>
        new(surrogate.Sequence, surrogate.Input, surrogate.Label);

    public EventSurrogate ConvertToSurrogate(in LearningEvent value) => new(value.Sequence, value.Input, value.Label);
}
