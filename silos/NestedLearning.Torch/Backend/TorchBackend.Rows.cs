using NestedLearning.Tensors;
using TorchSharp;

namespace NestedLearning.Torch;

/// <content>Rows of tables, such as embeddings.</content>
public sealed partial class TorchBackend
{
    /// <inheritdoc/>
    public Tensor GatherRows(Tensor table, ReadOnlySpan<int> rows)
    {
        Shape shape = ShapeRules.GatherRows(table.Shape, rows);
        torch.Tensor source = Own(table).Value;
        using torch.Tensor places = Indices(nameof(GatherRows), rows);
        return Make(nameof(GatherRows), shape, () => source.index_select(0, places));
    }

    /// <inheritdoc/>
    /// <remarks>Each device has one way of adding rows that keeps their order: on the other, threads race.</remarks>
    public Tensor ScatterAddRows(Tensor values, ReadOnlySpan<int> rows, int rowCount)
    {
        Shape shape = ShapeRules.ScatterAddRows(values.Shape, rows, rowCount);
        torch.Tensor source = Own(values).Value;
        using torch.Tensor places = Indices(nameof(ScatterAddRows), rows);
        return Make(nameof(ScatterAddRows), shape, () =>
        {
            torch.Tensor sums = torch.zeros(Sizes(shape), torch.float32, _device);
            return OnCuda
                ? sums.index_put_(source, [torch.TensorIndex.Tensor(places)], accumulate: true)
                : sums.index_add_(0, places, source, Constants.One);
        });
    }

    private torch.Tensor Indices(string operation, ReadOnlySpan<int> rows)
    {
        int count = rows.Length;
        torch.Tensor host = Call(operation, () => torch.empty([count], torch.int64, torch.CPU));
        HostCopy.Write(rows, host);
        return OnCuda ? Call(operation, () => host.to(_device, disposeAfter: true)) : host;
    }
}
