using BenchmarkDotNet.Attributes;
using NestedLearning.Tensors;

namespace NestedLearning.Benchmarks;

/// <summary>Kernels over vectors, with the plain loop as the peer.</summary>
public class VectorsBenchmarks
{
    private float[] _x = [];
    private float[] _y = [];

    /// <summary>Elements.</summary>
    [Params(64, 4096)]
    public int Length { get; set; }

    /// <summary>Fills the vectors.</summary>
    [GlobalSetup]
    public void Setup()
    {
        _x = Inputs.Random(1, Length).Values.ToArray();
        _y = Inputs.Random(2, Length).Row(1).ToArray();
    }

    /// <summary>The inner product, element by element.</summary>
    [Benchmark(Baseline = true)]
    public float PlainDot()
    {
        float sum = 0;
        for (int i = 0; i < _x.Length; i++)
        {
            sum += _x[i] * _y[i];
        }

        return sum;
    }

    /// <summary>The inner product.</summary>
    [Benchmark]
    public float Dot() => Vectors.Dot(_x, _y);

    /// <summary>y += 0 x, so that repetition keeps the values.</summary>
    [Benchmark]
    public void Axpy() => Vectors.Axpy(0, _x, _y);

    /// <summary>The index of the largest element.</summary>
    [Benchmark]
    public int ArgMax() => Vectors.ArgMax(_x);
}
