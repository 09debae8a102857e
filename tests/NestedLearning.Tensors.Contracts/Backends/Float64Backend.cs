namespace NestedLearning.Tensors.Contracts;

/// <summary>
/// Every operation in float64, element by element from its definition: what the other backends are compared with, and what
/// gradients are checked on, where differences are sharp.
/// </summary>
public sealed partial class Float64Backend : ITensorBackend
{
    public string Name => "float64";

    /// <summary>Tensors that have been made and not disposed.</summary>
    public int Alive { get; set; }

    public static double[] Values(Tensor x) => ((Float64Tensor)x).Values;

    public Tensor Create(Shape shape, ReadOnlySpan<float> values) => Create(shape, [.. values.ToArray().Select(value => (double)value)]);

    public Tensor Create(Shape shape, double[] values) => new Float64Tensor(this, shape, values);

    public Tensor Fill(Shape shape, double value) => From(shape, _ => value);

    public Tensor Uniform(Shape shape, ulong seed)
    {
        float[] values = new float[shape.ElementCount];
        SeededValues.Uniform(seed, values);
        return Create(shape, values);
    }

    public Tensor Normal(Shape shape, ulong seed)
    {
        float[] values = new float[shape.ElementCount];
        SeededValues.Normal(seed, values);
        return Create(shape, values);
    }

    public void Read(Tensor x, Span<float> values)
    {
        double[] source = Values(x);
        for (int i = 0; i < source.Length; i++)
        {
            values[i] = (float)source[i];
        }
    }

    public bool AllFinite(Tensor x) => Array.TrueForAll(Values(x), double.IsFinite);

    private Float64Tensor From(Shape shape, Func<int[], double> element)
    {
        double[] values = new double[shape.ElementCount];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = element(Index(shape, i));
        }

        return new Float64Tensor(this, shape, values);
    }

    private static int[] Index(Shape shape, int position)
    {
        int[] index = new int[shape.Rank];
        for (int axis = shape.Rank - 1; axis >= 0; axis--)
        {
            (position, index[axis]) = Math.DivRem(position, shape[axis]);
        }

        return index;
    }

    private static double At(Tensor x, params int[] index) => ((Float64Tensor)x).At(index);

    private static int[] With(int[] index, int axis, int place)
    {
        int[] other = [.. index];
        other[axis] = place;
        return other;
    }
}
