namespace NestedLearning.Tensors.Contracts;

/// <content>Reductions, softmax, norms, products, tables and convolutions.</content>
public sealed partial class Float64Backend
{
    public Tensor Reduce(Reduction reduction, Tensor x, ReadOnlySpan<int> axes)
    {
        (Shape shape, _) = ShapeRules.Reduce(reduction, x.Shape, axes);
        var groups = new List<double>[shape.ElementCount];
        Array.ForEach(Enumerable.Range(0, groups.Length).ToArray(), i => groups[i] = []);
        var places = new Float64Tensor(this, shape, [.. Enumerable.Range(0, groups.Length).Select(i => (double)i)]);
        for (int i = 0; i < x.Shape.ElementCount; i++)
        {
            groups[(int)places.At(Index(x.Shape, i))].Add(Values(x)[i]);
        }

        places.Dispose();
        return Create(shape, Array.ConvertAll(groups, group => reduction switch
        {
            Reduction.Sum => group.Sum(),
            Reduction.Mean => group.Average(),
            _ => group.Max(),
        }));
    }

    public Tensor Softmax(Tensor x) => ForRows(x, row => [.. row.Select(value => Math.Exp(value - LogSumExp(row)))]);

    public Tensor LogSoftmax(Tensor x) => ForRows(x, row => [.. row.Select(value => value - LogSumExp(row))]);

    public Tensor Normalize(Normalization normalization, Tensor x, double epsilon) => ForRows(x, row =>
    {
        double center = normalization == Normalization.Layer ? row.Average() : 0;
        double squares = row.Sum(value => (value - center) * (value - center));
        double power = normalization == Normalization.Unit ? squares : squares / row.Length;
        return [.. row.Select(value => (value - center) / Math.Sqrt(power + epsilon))];
    });

    public Tensor MatrixMultiply(Tensor x, Tensor y, bool transposeX, bool transposeY)
    {
        Shape shape = ShapeRules.MatrixMultiply(x.Shape, y.Shape, transposeX, transposeY);
        int depth = transposeX ? x.Shape[^2] : x.Shape[^1];
        return From(shape, index =>
        {
            double sum = 0;
            for (int p = 0; p < depth; p++)
            {
                int[] left = transposeX ? [.. index[..^2], p, index[^2]] : [.. index[..^1], p];
                int[] right = transposeY ? [.. index[..^2], index[^1], p] : [.. index[..^2], p, index[^1]];
                sum += At(x, left) * At(y, right);
            }

            return sum;
        });
    }

    public Tensor GatherRows(Tensor table, ReadOnlySpan<int> rows)
    {
        int[] list = rows.ToArray();
        return From(ShapeRules.GatherRows(table.Shape, rows), index => At(table, With(index, 0, list[index[0]])));
    }

    public Tensor ScatterAddRows(Tensor values, ReadOnlySpan<int> rows, int rowCount)
    {
        int[] list = rows.ToArray();
        return From(ShapeRules.ScatterAddRows(values.Shape, rows, rowCount), index => Enumerable.Range(0, list.Length)
            .Where(i => list[i] == index[0]).Sum(i => At(values, With(index, 0, i))));
    }

    public Tensor Convolve(Tensor x, Tensor taps, bool anticausal)
    {
        ShapeRules.Convolve(x.Shape, taps.Shape);
        return From(x.Shape, index =>
        {
            double sum = 0;
            for (int tap = 0; tap < taps.Shape[0]; tap++)
            {
                int moment = index[^2] + (anticausal ? tap : -tap);
                bool inside = moment >= 0 && moment < x.Shape[^2];
                sum += inside ? At(taps, tap, index[^1]) * At(x, With(index, index.Length - 2, moment)) : 0;
            }

            return sum;
        });
    }

    public Tensor ConvolutionTaps(Tensor x, Tensor y, int count)
    {
        Shape shape = ShapeRules.ConvolutionTaps(x.Shape, y.Shape, count);
        double[] taps = new double[shape.ElementCount];
        for (int i = 0; i < x.Shape.ElementCount; i++)
        {
            int[] index = Index(x.Shape, i);
            for (int tap = 0; tap < Math.Min(count, index[^2] + 1); tap++)
            {
                taps[(tap * x.Shape[^1]) + index[^1]] += Values(y)[i] * At(x, With(index, index.Length - 2, index[^2] - tap));
            }
        }

        return Create(shape, taps);
    }

    private Tensor ForRows(Tensor x, Func<double[], double[]> function)
    {
        ShapeRules.Rows(nameof(ForRows), x.Shape);
        return x.Shape.ElementCount == 0
            ? Fill(x.Shape, 0)
            : Create(x.Shape, [.. Values(x).Chunk(x.Shape[^1]).SelectMany(function)]);
    }

    private static double LogSumExp(double[] row) => row.Max() + Math.Log(row.Sum(value => Math.Exp(value - row.Max())));
}
