namespace NestedLearning.Tensors;

/// <summary>How the gradients of an operation's results become gradients of its operands.</summary>
/// <param name="Operation">The name of the operation, for errors.</param>
/// <param name="Inputs">The operands.</param>
/// <param name="Rule">The rule for all operands together.</param>
internal sealed record GradientRecord(string Operation, Variable[] Inputs, GradientRule Rule)
{
    /// <summary>The results, one after another in the order of computation; set when the tape takes them over.</summary>
    public Variable[] Results { get; set; } = [];
}

/// <summary>
/// From the gradients of the results (none where nothing depends on one, but not all) and the results themselves, the
/// gradients of the operands; none where one needs none.
/// </summary>
internal delegate IReadOnlyList<Variable?> GradientRule(Variable?[] gradients, Variable[] results);

/// <summary>An operand and its own rule: from the gradient of the only result and the result, the gradient of the operand.</summary>
internal readonly record struct Edge(Variable Input, Func<Variable, Variable, Variable> Rule);
