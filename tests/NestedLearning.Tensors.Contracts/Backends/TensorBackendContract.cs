namespace NestedLearning.Tensors.Contracts;

/// <summary>
/// What every backend must do: the same as the float64 reference, for random shapes. Its tests are marked
/// <see cref="ContractFactAttribute"/> and <see cref="ContractTheoryAttribute"/>, since some machines lack some backends.
/// </summary>
public abstract partial class TensorBackendContract
{
    private const int Rounds = 60;

    /// <summary>The backend under test.</summary>
    protected abstract ITensorBackend Backend { get; }

    /// <summary>The bytes of its tensors that have not been disposed.</summary>
    protected abstract long BytesInUse { get; }

    /// <summary>The least tolerance of its computations; 0 where a test's own is met.</summary>
    protected virtual double LeastTolerance => 0;

    /// <summary>A tensor to be made on both backends.</summary>
    private sealed record Sample(Shape Shape, float[] Values)
    {
        /// <summary>Values in [low, high).</summary>
        public static Sample Of(Random random, Shape shape, float low = -2, float high = 2) => new(
            shape, Array.ConvertAll(new float[shape.ElementCount], _ => low + (random.NextSingle() * (high - low))));
    }

    /// <summary>Applies an operation on both backends and compares; errors are relative to max(1, magnitude).</summary>
    private void AssertSame(Func<ITensorBackend, Tensor[], Tensor> operation, double tolerance, params Sample[] samples)
    {
        long before = BytesInUse;
        var reference = new Float64Backend();
        Tensor[] inputs = Array.ConvertAll(samples, sample => Backend.Create(sample.Shape, sample.Values));
        Tensor[] exactInputs = Array.ConvertAll(samples, sample => reference.Create(sample.Shape, sample.Values));
        using (Tensor result = operation(Backend, inputs))
        using (Tensor exact = operation(reference, exactInputs))
        {
            AssertClose(exact, result, tolerance == 0 ? 0 : Math.Max(tolerance, LeastTolerance), samples);
        }

        Array.ForEach(inputs, input => input.Dispose());
        Assert.Equal(before, BytesInUse);
    }

    private void AssertClose(Tensor exact, Tensor result, double tolerance, Sample[] samples)
    {
        Assert.Equal(exact.Shape, result.Shape);
        float[] values = new float[result.Shape.ElementCount];
        Backend.Read(result, values);
        double[] expected = Float64Backend.Values(exact);
        string shapes = string.Join(" ", samples.Select(sample => sample.Shape));
        for (int i = 0; i < values.Length; i++)
        {
            double error = Math.Abs(values[i] - expected[i]) / Math.Max(1, Math.Abs(expected[i]));
            bool same = error <= tolerance || expected[i].Equals(values[i]);
            Assert.True(same, $"{shapes}, element {i}: expected {expected[i]}, actual {values[i]}");
        }
    }
}
