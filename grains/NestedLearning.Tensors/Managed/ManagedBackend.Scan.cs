namespace NestedLearning.Tensors;

/// <content>The delta scan.</content>
public sealed partial class ManagedBackend
{
    /// <inheritdoc/>
    /// <remarks>
    /// For gradients it keeps the memories between two chunks, [memories, chunks - 1, keys, values], and nothing of a single
    /// chunk.
    /// </remarks>
    public DeltaScanResult DeltaScan(DeltaOperands<Tensor> operands, int chunkLength, bool forGradients)
    {
        DeltaShape shape = ShapeRules.DeltaScan(operands.Map(operand => operand.Shape), chunkLength);
        DeltaOperands<ManagedTensor> own = operands.Map(Own);
        ManagedTensor reads = Rent(shape.Reads);
        ManagedTensor state = Rent(shape.State);
        ManagedTensor? kept = forGradients && shape.Chunks > 1
            ? Rent([shape.Memories, shape.Chunks - 1, shape.KeySize, shape.ValueSize])
            : null;
        RunMemories(new DeltaScanWork(shape, own, reads, state, kept), shape, 4);
        return new DeltaScanResult(reads, state, kept);
    }

    /// <inheritdoc/>
    /// <remarks>All but the memories between two chunks is computed again, so beside them a scan keeps only its results.</remarks>
    public DeltaOperands<Tensor> DeltaScanGradients(
        DeltaOperands<Tensor> operands, DeltaScanResult result, Tensor? reads, Tensor? state, int chunkLength)
    {
        DeltaShape shape = ShapeRules.DeltaScan(operands.Map(operand => operand.Shape), chunkLength);
        ShapeRules.DeltaScanGradients(shape, reads?.Shape, state?.Shape);
        if (result.Kept is null && shape.Chunks > 1)
        {
            throw new ArgumentException("The scan was not computed for gradients.", nameof(result));
        }

        DeltaOperands<ManagedTensor> gradients = operands.Map(operand => Rent(operand.Shape));
        var work = new DeltaGradientsWork(
            shape,
            operands.Map(Own),
            Own(result.State),
            result.Kept is null ? null : Own(result.Kept),
            reads is null ? null : Own(reads),
            state is null ? null : Own(state),
            gradients);
        RunMemories(work, shape, 12);
        return gradients.Map<Tensor>(gradient => gradient);
    }

    /// <summary>A round for each memory, with this many products of all its keys with a matrix of its size.</summary>
    private void RunMemories<TWork>(TWork work, DeltaShape shape, int products)
        where TWork : struct, IRangeWork =>
        RangeWork.Run(work, shape.Memories, (long)shape.Time * shape.KeySize * shape.ValueSize * products / 8, _threads);
}
