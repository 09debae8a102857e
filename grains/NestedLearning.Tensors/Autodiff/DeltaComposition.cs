namespace NestedLearning.Tensors;

/// <summary>
/// The delta scan in the other operations: what a backend without a scan of its own computes, and what gradients of
/// gradients are taken of. It is the chunk-wise form with the triangular system of each chunk inverted (the WY form): inside
/// a chunk <c>w_t = η_t (v_t - k_t S_(t-1))</c> solves <c>(I + L) w = η (v - γ k S)</c>, where S is the memory at the
/// chunk's start.
/// </summary>
/// <remarks>
/// All that does not need S is computed for all chunks together; one chunk after another are only two products with S.
/// </remarks>
internal static class DeltaComposition
{
    /// <summary>The scan of a backend, keeping nothing.</summary>
    public static DeltaScanResult Scan(ITensorBackend backend, DeltaOperands<Tensor> operands, int chunkLength)
    {
        using var tape = new Tape(backend);
        (Variable reads, Variable state) = Scan(operands.Map(tape.Constant), chunkLength);
        return new DeltaScanResult(reads.Keep(), state.Keep(), null);
    }

    /// <summary>The gradients of the scan of a backend, which is computed again.</summary>
    public static DeltaOperands<Tensor> Gradients(
        ITensorBackend backend, DeltaOperands<Tensor> operands, Tensor? reads, Tensor? state, int chunkLength)
    {
        DeltaShape shape = ShapeRules.DeltaScan(operands.Map(operand => operand.Shape), chunkLength);
        ShapeRules.DeltaScanGradients(shape, reads?.Shape, state?.Shape);
        using var tape = new Tape(backend);
        DeltaOperands<Variable> parameters = operands.Map(tape.Parameter);
        Variable output = Weighted(
            Scan(parameters, chunkLength), reads is null ? null : tape.Constant(reads), state is null ? null : tape.Constant(state));
        Variable[] gradients = tape.Gradients(output, parameters.ToArray());
        return DeltaOperands<Variable>.From(gradients).Map(gradient => gradient.Keep());
    }

    /// <summary>A number whose gradients are those of the results when these gradients arrive at them.</summary>
    public static Variable Weighted((Variable Reads, Variable State) results, Variable? reads, Variable? state)
    {
        Variable sum = results.State.Tape.Fill([], 0);
        sum = reads is null ? sum : sum + (results.Reads * reads).Sum();
        return state is null ? sum : sum + (results.State * state).Sum();
    }

    /// <summary>The reads and the last memories.</summary>
    public static (Variable Reads, Variable State) Scan(DeltaOperands<Variable> operands, int chunkLength)
    {
        DeltaShape shape = ShapeRules.DeltaScan(operands.Map(operand => operand.Shape), chunkLength);
        Tape tape = operands.State.Tape;
        if (shape.Time == 0)
        {
            return (tape.Fill(shape.Reads, 0), operands.State);
        }

        DeltaChunks chunks = DeltaChunks.Of(operands, shape);
        Variable[] errors = chunks.Errors.Split(1, 1);
        Variable[] answered = chunks.Answered.Split(1, 1);
        Variable[] written = chunks.Written.Split(1, 1);
        Variable[] retained = chunks.Retained.Split(1, 1);
        var starts = new Variable[shape.Chunks];
        Variable state = operands.State.Reshape([shape.Memories, 1, shape.KeySize, shape.ValueSize]);
        for (int i = 0; i < starts.Length; i++)
        {
            starts[i] = state;
            errors[i] -= answered[i].MatrixMultiply(state);
            state = (retained[i] * state) + written[i].MatrixMultiply(errors[i], transpose: true);
        }

        Variable reads = chunks.Queries.MatrixMultiply(Variable.Concatenate(1, starts))
            + chunks.Attention.MatrixMultiply(Variable.Concatenate(1, errors));
        reads = reads.Reshape([shape.Memories, shape.Chunks * shape.ChunkLength, shape.ValueSize]).Slice(1, 0, shape.Time);
        return (reads.Reshape(shape.Reads), state.Reshape(shape.State));
    }
}
