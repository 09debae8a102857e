namespace NestedLearning.Tensors;

/// <summary>
/// The operands of <see cref="ITensorBackend.DeltaScan"/>, or one thing for each of them, such as its gradient. The outer
/// axes, for example [streams, heads], are the same for all, and may be none.
/// </summary>
/// <param name="Queries">What the memories are read with, [..., time, keys].</param>
/// <param name="Keys">What is written to, [..., time, keys]; of length 1 or less, or the memory may grow without bound.</param>
/// <param name="Values">What the memory is to answer to each key, [..., time, values].</param>
/// <param name="Rates">The part of the error that each write corrects, from 0 to 1, [..., time].</param>
/// <param name="LogRetentions">
/// The logarithm of what the memory keeps when a token comes, finite and at most 0, [..., time].
/// </param>
/// <param name="State">The memories before the first token, [..., keys, values].</param>
public readonly record struct DeltaOperands<T>(T Queries, T Keys, T Values, T Rates, T LogRetentions, T State)
{
    /// <summary>The same for another type.</summary>
    public DeltaOperands<TOther> Map<TOther>(Func<T, TOther> function) => new(
        function(Queries), function(Keys), function(Values), function(Rates), function(LogRetentions), function(State));

    /// <summary>All in the order of the parameters.</summary>
    public T[] ToArray() => [Queries, Keys, Values, Rates, LogRetentions, State];

    /// <summary>The operands in the order of the parameters.</summary>
    internal static DeltaOperands<T> From(T[] all) => new(all[0], all[1], all[2], all[3], all[4], all[5]);
}
