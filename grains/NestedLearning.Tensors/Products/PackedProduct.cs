using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NestedLearning.Tensors;

/// <summary>Chooses the micro-kernel for this processor and spreads a product over threads.</summary>
internal static unsafe class PackedProduct
{
    /// <summary>Below this many multiplications another thread costs more than it brings.</summary>
    private const long MinimumWorkPerThread = 1 << 19;

    /// <summary>Window edges are multiples of every kernel's tile, so no thread count changes which tiles are whole.</summary>
    private const int WindowUnit = 96;

    private const int WindowsPerThread = 2;

    /// <summary>Computes <paramref name="job"/>. Every element is summed in the same order for any number of threads.</summary>
    public static void Run(ProductJob job, int threads = 1)
    {
        job = job.C.ColumnStride == 1 ? job : job.Transposed;
        long work = (long)job.C.Rows * job.C.Columns * job.Depth;
        threads = (int)Math.Min(threads, work / MinimumWorkPerThread);
        if (threads <= 1)
        {
            RunWindow(job, new Window(0, job.C.Rows, 0, job.C.Columns));
        }
        else
        {
            RunWindows(job, threads);
        }
    }

    private static void RunWindows(ProductJob job, int threads)
    {
        (int rows, int columns) = (job.C.Rows, job.C.Columns);
        double area = (double)rows * columns / (threads * WindowsPerThread);
        int height = Math.Min(rows, RoundUp(Math.Sqrt(area)));
        int width = Math.Min(columns, RoundUp(area / height));
        int across = (columns + width - 1) / width;
        int down = (rows + height - 1) / height;
        SharedLoop.Run(new Windows(job, height, width, across), across * down, threads);
    }

    private static int RoundUp(double edge) => (int)Math.Ceiling(edge / WindowUnit) * WindowUnit;

    private static void RunWindow(in ProductJob job, Window window)
    {
        if (Vector512.IsHardwareAccelerated && Avx512F.IsSupported)
        {
            PackedProduct<Kernel512>.Run(job, window);
        }
        else if (Fma.IsSupported)
        {
            PackedProduct<Kernel256>.Run(job, window);
        }
        else
        {
            PackedProduct<KernelPortable>.Run(job, window);
        }
    }

    /// <summary>A product cut into windows, a round for each.</summary>
    private readonly struct Windows(ProductJob job, int height, int width, int across) : IRangeWork
    {
        public void Run(int start, int end)
        {
            for (int window = start; window < end; window++)
            {
                int top = window / across * height;
                int left = window % across * width;
                RunWindow(job, new Window(top, Math.Min(job.C.Rows, top + height), left, Math.Min(job.C.Columns, left + width)));
            }
        }
    }
}
