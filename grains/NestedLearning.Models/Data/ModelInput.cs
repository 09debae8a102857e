using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>What a model is asked about or learns from.</summary>
public abstract record ModelInput;

/// <summary>Text; the model makes its own features from it.</summary>
public sealed record TextInput(string Text) : ModelInput;

/// <summary>Features made by the caller; their indices lie below the model's number of features.</summary>
public sealed record FeatureInput(SparseVector Features) : ModelInput;
