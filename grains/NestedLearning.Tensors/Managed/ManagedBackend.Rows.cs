namespace NestedLearning.Tensors;

/// <content>Rows of tables, such as embeddings.</content>
public sealed partial class ManagedBackend
{
    /// <inheritdoc/>
    public Tensor GatherRows(Tensor table, ReadOnlySpan<int> rows)
    {
        ManagedTensor result = Rent(ShapeRules.GatherRows(table.Shape, rows));
        int columns = rows.IsEmpty ? 0 : result.Shape.ElementCount / rows.Length;
        ReadOnlySpan<float> source = Own(table).Values;
        Span<float> target = result.Values;
        for (int i = 0; i < rows.Length; i++)
        {
            source.Slice(rows[i] * columns, columns).CopyTo(target[(i * columns)..]);
        }

        return result;
    }

    /// <inheritdoc/>
    public Tensor ScatterAddRows(Tensor values, ReadOnlySpan<int> rows, int rowCount)
    {
        ManagedTensor result = Rent(ShapeRules.ScatterAddRows(values.Shape, rows, rowCount));
        int columns = rows.IsEmpty ? 0 : values.Shape.ElementCount / rows.Length;
        ReadOnlySpan<float> source = Own(values).Values;
        Span<float> target = result.Values;
        target.Clear();
        for (int i = 0; i < rows.Length; i++)
        {
            Span<float> sum = target.Slice(rows[i] * columns, columns);
            ElementLoop.Combine<AddKernel>(sum, source.Slice(i * columns, columns), sum);
        }

        return result;
    }
}
