namespace NestedLearning.Tensors;

/// <content>Matrix memories.</content>
public sealed partial class Variable
{
    /// <summary>
    /// What tokens read of matrix memories that each of them writes to, and the memories after the last:
    /// <see cref="ITensorBackend.DeltaScan"/>. A sequence may also be scanned in parts, each from the memories that the part
    /// before has left; gradients flow through them.
    /// </summary>
    /// <remarks>
    /// Of a scan that needs gradients the tape keeps its results and what the backend keeps (the managed one: the memory
    /// between two chunks). Gradients of its gradients are those of the same scan in other operations, which costs some
    /// times as much, in time and in memory.
    /// </remarks>
    public static (Variable Reads, Variable State) DeltaScan(DeltaOperands<Variable> operands, int chunkLength = 16)
    {
        Tape tape = operands.State.Tape;
        Variable[] inputs = operands.ToArray();
        Array.ForEach(inputs, tape.Require);
        DeltaScanResult result = tape.Backend.DeltaScan(
            operands.Map(operand => operand.Value), chunkLength, tape.Records(inputs));
        if (result.Kept is { } kept)
        {
            tape.Own(kept);
        }

        Variable[] results = tape.Add(
            new GradientRecord(nameof(DeltaScan), inputs, (gradients, _) => tape.IsRecording
                ? ComposedGradients(operands, gradients[0], gradients[1], chunkLength)
                : FusedGradients(operands, result, gradients[0], gradients[1], chunkLength)),
            result.Reads,
            result.State);
        return (results[0], results[1]);
    }

    private static Variable?[] ComposedGradients(DeltaOperands<Variable> operands, Variable? reads, Variable? state, int chunkLength) =>
        operands.State.Tape.GradientsHere(
            copies => DeltaComposition.Weighted(
                DeltaComposition.Scan(DeltaOperands<Variable>.From(copies), chunkLength), reads, state),
            operands.ToArray(),
            null);

    private static Variable?[] FusedGradients(
        DeltaOperands<Variable> operands, DeltaScanResult result, Variable? reads, Variable? state, int chunkLength)
    {
        Tape tape = operands.State.Tape;
        DeltaOperands<Tensor> gradients = tape.Backend.DeltaScanGradients(
            operands.Map(operand => operand.Value), result, reads?.Value, state?.Value, chunkLength);
        Variable[] inputs = operands.ToArray();
        return Array.ConvertAll(gradients.ToArray(), gradient => tape.AddGradient(
            nameof(ITensorBackend.DeltaScanGradients), gradient, inputs));
    }
}
