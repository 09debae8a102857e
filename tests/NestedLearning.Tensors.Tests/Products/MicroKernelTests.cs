namespace NestedLearning.Tensors.Tests;

/// <summary>Every kernel is correct on every processor, also where its instructions are emulated.</summary>
public sealed unsafe class MicroKernelTests
{
    [Fact]
    public void Run_Kernel256_MatchesFloat64() => CheckProducts<Kernel256>();

    [Fact]
    public void Run_Kernel512_MatchesFloat64() => CheckProducts<Kernel512>();

    [Fact]
    public void Run_KernelPortable_MatchesFloat64() => CheckProducts<KernelPortable>();

    private static void CheckProducts<TKernel>()
        where TKernel : struct, IMicroKernel
    {
        foreach ((int m, int k, int n) in new[] { (1, 1, 1), (12, 4, 32), (13, 300, 33), (41, 17, 70), (200, 20, 50) })
        {
            foreach (bool lowerOnly in new[] { false, true })
            {
                Check<TKernel>(m, k, lowerOnly ? m : n, lowerOnly);
            }
        }
    }

    private static void Check<TKernel>(int m, int k, int n, bool lowerOnly)
        where TKernel : struct, IMicroKernel
    {
        var random = new Random(m);
        MatrixView a = Samples.Strided(random, m, k, 1);
        MatrixView b = Samples.Strided(random, k, n, 2);
        MatrixView c = Samples.Strided(random, m, n, 3);
        double[] expected = Samples.ToFloat64(c);
        double[] product = Float64.Multiply(Samples.ToFloat64(a), Samples.ToFloat64(b), m, k, n);
        for (int i = 0; i < expected.Length; i++)
        {
            expected[i] = lowerOnly && i % n > i / n ? expected[i] : (0.5 * expected[i]) - (2 * product[i]);
        }

        fixed (float* pa = a.Values, pb = b.Values, pc = c.Values)
        {
            var job = new ProductJob(Operand.Of(pa, a), Operand.Of(pb, b), Operand.Of(pc, c), -2, 0.5f, lowerOnly);
            PackedProduct<TKernel>.Run(job, new Window(0, m, 0, n));
        }

        Samples.AssertClose(expected, c, 2e-4);
    }
}
