namespace NestedLearning.Tensors;

/// <summary>How the gradient of an operation's result becomes gradients of its operands.</summary>
/// <param name="Operation">The name of the operation, for errors.</param>
/// <param name="Inputs">The operands.</param>
/// <param name="Rule">
/// From the gradient of the result and the result itself, the gradients of the operands; none where one needs none.
/// </param>
internal sealed record GradientRecord(
    string Operation, Variable[] Inputs, Func<Variable, Variable, IReadOnlyList<Variable?>> Rule);

/// <summary>An operand and its own rule: from the gradient of the result and the result, the gradient of the operand.</summary>
internal readonly record struct Edge(Variable Input, Func<Variable, Variable, Variable> Rule);
