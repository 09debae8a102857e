using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>A named tensor that training changes. It owns the tensor; an update puts another in its place or changes it where it lies.</summary>
public sealed class Parameter : IDisposable
{
    /// <summary>The longest name; what optimisers remember has a prefix before it, and 64 characters in all.</summary>
    public const int MaxNameLength = 48;

    /// <summary>Takes the tensor over.</summary>
    /// <param name="name">1 to 48 of <c>[a-z0-9./-]</c>.</param>
    /// <param name="value">The first value.</param>
    /// <exception cref="InvalidParameterNameException">The name is not as it has to be.</exception>
    public Parameter(string name, Tensor value)
    {
        bool isValid = name.Length is >= 1 and <= MaxNameLength
            && name.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter is '.' or '/' or '-');
        Name = isValid ? name : throw new InvalidParameterNameException(name);
        Value = value;
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>The present value. An optimiser's step takes it over: whoever needs it longer keeps a tensor that shares its memory.</summary>
    public Tensor Value { get; internal set; }

    /// <summary>The sizes of the axes.</summary>
    public Shape Shape => Value.Shape;

    /// <inheritdoc/>
    public void Dispose() => Value.Dispose();

    /// <inheritdoc/>
    public override string ToString() => $"{Name} {Shape}";
}
