using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>Lets the tokens of each stream hear of those before them.</summary>
internal interface IMixer
{
    /// <summary>
    /// Which part of the state is the matrix memories as they are now, [streams, heads, size, size]; null for a mixer whose state is
    /// something else.
    /// </summary>
    int? Memories { get; }

    /// <summary>What it knows of streams that have not begun.</summary>
    Variable[] Begin(Tape tape, int streams);

    /// <summary>Goes on with streams.</summary>
    /// <param name="parameters">The model's parameters.</param>
    /// <param name="x">The next tokens, [streams, time, width].</param>
    /// <param name="state">What it knows of the streams so far; replaced by what it knows then.</param>
    /// <param name="position">How many tokens of each stream came before.</param>
    /// <returns>What is added to the tokens, [streams, time, width].</returns>
    Variable Mix(BoundParameters parameters, Variable x, Variable[] state, long position);
}
