namespace NestedLearning.Tensors;

/// <summary>
/// The seam between models and devices: the operations that every backend implements, and the only ones that autodiff and
/// models use. No operation changes an operand, but those that say that they take one over; each returns a tensor that the caller owns.
/// </summary>
/// <remarks>
/// <see cref="ShapeRules"/> says which shapes an operation accepts and what it returns; every backend applies it, so all give
/// the same <see cref="ShapeException"/>. A tensor of another backend is an <see cref="ArgumentException"/>. Results are the
/// same for the same operands on the same machine with the same number of threads. A backend may be used by many threads.
/// </remarks>
public interface ITensorBackend
{
    /// <summary>The name of the backend and its device, for example "managed, AVX2+FMA, 256 bit, 2 threads".</summary>
    string Name { get; }

    /// <summary>A tensor with a copy of <paramref name="values"/>, row-major.</summary>
    Tensor Create(Shape shape, ReadOnlySpan<float> values);

    /// <summary>A tensor whose elements are all <paramref name="value"/>.</summary>
    Tensor Fill(Shape shape, double value);

    /// <summary>Values in [0, 1) as <see cref="SeededValues.Uniform"/> gives them.</summary>
    Tensor Uniform(Shape shape, ulong seed);

    /// <summary>Standard normal values as <see cref="SeededValues.Normal"/> gives them.</summary>
    Tensor Normal(Shape shape, ulong seed);

    /// <summary>Copies the elements to <paramref name="values"/>, which has their number.</summary>
    void Read(Tensor x, Span<float> values);

    /// <summary>Whether no element is NaN or infinite.</summary>
    bool AllFinite(Tensor x);

    /// <summary>A function of every element.</summary>
    Tensor Apply(UnaryOperation operation, Tensor x);

    /// <summary>A function of every pair of elements; axes of size 1, and missing outer axes, repeat.</summary>
    Tensor Apply(BinaryOperation operation, Tensor x, Tensor y);

    /// <summary><c>scale x + offset</c>.</summary>
    Tensor Affine(Tensor x, double scale, double offset);

    /// <summary>Elements of <paramref name="x"/> where the condition is not 0, else of <paramref name="y"/>; all three broadcast.</summary>
    Tensor Where(Tensor condition, Tensor x, Tensor y);

    /// <summary>
    /// Products of the matrices [m, k] and [k, n] along the two innermost axes, each transposed first on request; the outer
    /// axes broadcast.
    /// </summary>
    Tensor MatrixMultiply(Tensor x, Tensor y, bool transposeX, bool transposeY);

    /// <summary>Reduces over <paramref name="axes"/> (negative ones count from the innermost), which stay with size 1.</summary>
    Tensor Reduce(Reduction reduction, Tensor x, ReadOnlySpan<int> axes);

    /// <summary>The softmax along the innermost axis.</summary>
    Tensor Softmax(Tensor x);

    /// <summary>The logarithm of the softmax along the innermost axis.</summary>
    Tensor LogSoftmax(Tensor x);

    /// <summary>Normalizes the vectors along the innermost axis.</summary>
    Tensor Normalize(Normalization normalization, Tensor x, double epsilon);

    /// <summary>The rows of <paramref name="table"/> [rows, ...] at <paramref name="rows"/> [n], of shape [n, ...].</summary>
    /// <exception cref="ArgumentOutOfRangeException">A row is not in the table.</exception>
    Tensor GatherRows(Tensor table, ReadOnlySpan<int> rows);

    /// <summary>
    /// A table of <paramref name="rowCount"/> rows of zeros, to which row i of <paramref name="values"/> [n, ...] is added at
    /// <paramref name="rows"/>[i], in rising order of i.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">A row is not in the table.</exception>
    Tensor ScatterAddRows(Tensor values, ReadOnlySpan<int> rows, int rowCount);

    /// <summary>
    /// The depthwise convolution of <paramref name="x"/> [..., time, channels] with <paramref name="taps"/> [count, channels]:
    /// <c>y_t = Σ_j taps_j x_(t-j)</c>, or <c>x_(t+j)</c> when <paramref name="anticausal"/>; x is 0 outside.
    /// </summary>
    Tensor Convolve(Tensor x, Tensor taps, bool anticausal);

    /// <summary>
    /// The gradient of the causal convolution of <paramref name="x"/> by its taps: <c>taps_j = Σ_t y_t x_(t-j)</c>, of shape
    /// [count, channels], summed over the outer axes.
    /// </summary>
    Tensor ConvolutionTaps(Tensor x, Tensor y, int count);

    /// <summary>
    /// Writes to matrix memories S [keys, values] and reads them, token by token, by the gated delta rule (Nested Learning,
    /// Eq. 57 with a retention):
    /// <c>S_t = α_t S_(t-1) + η_t k_tᵀ (v_t - k_t S_(t-1))</c>, then <c>y_t = q_t S_t</c>. Chunks of tokens are computed
    /// together; their length changes the speed and the rounding, not the result.
    /// </summary>
    /// <param name="operands">q, k, v, η, log α and S before the first token.</param>
    /// <param name="chunkLength">The most tokens in a chunk; 16 is a good length for memories of 32 x 32.</param>
    /// <param name="forGradients">Whether the result has to have what <see cref="DeltaScanGradients"/> needs.</param>
    DeltaScanResult DeltaScan(DeltaOperands<Tensor> operands, int chunkLength, bool forGradients) =>
        DeltaComposition.Scan(this, operands, chunkLength);

    /// <summary>The gradients of <see cref="DeltaScan"/> by its operands.</summary>
    /// <param name="operands">The operands of the scan.</param>
    /// <param name="result">Its result, computed for gradients.</param>
    /// <param name="reads">The gradient that arrives at the reads; zeros when there is none.</param>
    /// <param name="state">The gradient that arrives at the last memories; zeros when there is none.</param>
    /// <param name="chunkLength">The chunk length of the scan.</param>
    DeltaOperands<Tensor> DeltaScanGradients(
        DeltaOperands<Tensor> operands, DeltaScanResult result, Tensor? reads, Tensor? state, int chunkLength) =>
        DeltaComposition.Gradients(this, operands, reads, state, chunkLength);

    /// <summary>The same elements in the same order with another shape.</summary>
    Tensor Reshape(Tensor x, Shape shape);

    /// <summary>Axis i of the result is axis <paramref name="axes"/>[i] of <paramref name="x"/>.</summary>
    Tensor Permute(Tensor x, ReadOnlySpan<int> axes);

    /// <summary>Elements [start, start + length) of one axis.</summary>
    Tensor Slice(Tensor x, int axis, int start, int length);

    /// <summary>Tensors one after another along one axis.</summary>
    Tensor Concatenate(IReadOnlyList<Tensor> parts, int axis);

    /// <summary>Repeats axes of size 1 and missing outer axes up to <paramref name="shape"/>.</summary>
    Tensor Broadcast(Tensor x, Shape shape);

    /// <summary>
    /// <c>keep x + scale y</c> in place of <paramref name="x"/>, which it takes over: the result may be the same tensor with other
    /// values, and only the result may be used from then on. What shares memory with x keeps its values. y is another tensor than x.
    /// </summary>
    Tensor Blend(Tensor x, double keep, Tensor y, double scale) => ComposedUpdates.Blend(this, x, keep, y, scale);

    /// <summary>
    /// The state after one step of AdamW. It takes over the tensors of <paramref name="state"/> as <see cref="Blend"/> does its
    /// first operand.
    /// </summary>
    AdamState Adam(in AdamStep step, AdamState state, Tensor gradient) => ComposedUpdates.Adam(this, step, state, gradient);

    /// <summary>The sum of the squares of all elements; 0 of none.</summary>
    double SumOfSquares(Tensor x) => ComposedUpdates.SumOfSquares(this, x);
}
