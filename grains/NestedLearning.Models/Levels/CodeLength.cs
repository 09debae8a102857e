namespace NestedLearning.Models;

/// <summary>
/// How long a code of some text is where every token costs <c>−log₂ p</c> by what a model expected of it: the prequential code length, if the
/// model learned each token only afterwards.
/// </summary>
/// <param name="Bits">The bits of the code.</param>
/// <param name="Bytes">The bytes of the text, in UTF-8.</param>
public readonly record struct CodeLength(double Bits, long Bytes)
{
    /// <summary>The bits of the code for each byte of the text; null for no text.</summary>
    public double? BitsPerByte => Bytes == 0 ? null : Bits / Bytes;

    /// <summary>The code of both texts.</summary>
    public static CodeLength operator +(CodeLength left, CodeLength right) => new(left.Bits + right.Bits, left.Bytes + right.Bytes);

    /// <summary>The code of what a text has more than one that is a part of it.</summary>
    public static CodeLength operator -(CodeLength whole, CodeLength part) => new(whole.Bits - part.Bits, whole.Bytes - part.Bytes);
}
