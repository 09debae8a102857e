using NestedLearning.Models;

namespace NestedLearning.Cli.Evaluating;

/// <summary>How a model comes to be the encoder of texts.</summary>
internal enum EncoderKind
{
    /// <summary>As it is made, with random parameters.</summary>
    Untrained = 0,

    /// <summary>It has learned to expect the bytes of the training texts, whose labels it does not see.</summary>
    Language = 1,

    /// <summary>It is no encoder that stays, but learns to say the class itself, by gradients of all its parameters.</summary>
    Gradient = 2,
}

/// <summary>What <c>nl eval classes</c> compares.</summary>
/// <param name="Study">The models, and how they are trained.</param>
/// <param name="Encoders">How they become encoders.</param>
/// <param name="Keys">What of them is the key.</param>
/// <param name="Learners">What learns classes by keys.</param>
/// <param name="Classifier">The nested classifier of keys that a model makes, but for their length; hashed text has the usual one.</param>
internal sealed record ClassesOptions(
    StudyOptions Study, IReadOnlyList<EncoderKind> Encoders, IReadOnlyList<TextKey> Keys, IReadOnlyList<string> Learners, ClassifierSpec Classifier);
