using BenchmarkDotNet.Attributes;
using NestedLearning.Tensors;

namespace NestedLearning.Benchmarks;

/// <summary>Products of cubes and of small batches through a layer of 512 x 2048, on one thread.</summary>
[MemoryDiagnoser]
public class GemmBenchmarks
{
    private Matrix _a = new(0, 0);
    private Matrix _b = new(0, 0);
    private Matrix _c = new(0, 0);

    /// <summary>The shape as [m, k, n].</summary>
    [Params("256x256x256", "512x512x512", "1024x1024x1024", "1x512x2048", "8x512x2048", "32x512x2048")]
    public string Shape { get; set; } = "";

    /// <summary>Fills the operands.</summary>
    [GlobalSetup]
    public void Setup()
    {
        int[] sizes = Array.ConvertAll(Shape.Split('x'), int.Parse);
        _a = Inputs.Random(sizes[0], sizes[1]);
        _b = Inputs.Random(sizes[1], sizes[2]);
        _c = new Matrix(sizes[0], sizes[2]);
    }

    /// <summary>c = a b.</summary>
    [Benchmark]
    public void Multiply() => Gemm.Multiply(_a.View, _b.View, _c.View);

    /// <summary>The same number of multiply-adds at the measured peak of one core: the limit.</summary>
    [Benchmark(Baseline = true)]
    public float Limit() => FmaPeak.Execute(2.0 * _a.Rows * _a.Columns * _b.Columns);
}
