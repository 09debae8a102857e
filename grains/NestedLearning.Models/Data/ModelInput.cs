using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>What a model is asked about or learns from.</summary>
public abstract record ModelInput;

/// <summary>Text; the model makes its own features from it.</summary>
public sealed record TextInput(string Text) : ModelInput;

/// <summary>Features made by the caller; their indices lie below the model's number of features.</summary>
public sealed record FeatureInput(SparseVector Features) : ModelInput;

/// <summary>Windows of a text, which a sequence model learns from in one step: each token but the last of a window is asked for the next.</summary>
/// <param name="Tokens">[windows, length + 1], row-major.</param>
/// <param name="Windows">How many windows there are, at least 1.</param>
public sealed record TokenInput(ReadOnlyMemory<int> Tokens, int Windows) : ModelInput;
